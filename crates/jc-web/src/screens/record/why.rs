//! Why someone sees a record, and why a field of it is covered or shown: the role, its scope, and the rule.

use crate::{desk::Desk, guard::fault::Fault};
use jc_app::rights::{Cover, Reason, Rule};
use jc_base::RecordId;
use jc_catalog::{Column, Register, belonging::Way};

/// The answer, line by line.
pub fn lines(desk: &Desk, register: usize, id: RecordId) -> Result<Vec<String>, Fault> {
    let declared = desk.viewer.catalog().registers.get(register).ok_or(Fault::NotFound)?;
    let mut lines = Vec::new();
    for reason in desk.viewer.why(register, id).map_err(super::hidden)? {
        lines.push(line(desk, declared, &reason)?);
    }
    for (cover, id) in [(Cover::ForAReason, "why-covered"), (Cover::Closed, "why-closed")] {
        let fields = declared
            .fields
            .iter()
            .enumerate()
            .filter(|(ix, field)| field.retired.is_none() && desk.viewer.cover(register, *ix) == cover);
        let names: Vec<&str> = fields.map(|(_, field)| field.name.get(desk.lang())).collect();
        if !names.is_empty() {
            lines.push(desk.words.t1(id, "fields", names.join(&desk.words.t("value-and"))));
        }
    }
    let open = |ix: usize| desk.viewer.cover(register, ix) == Cover::Open;
    let mut there = declared.fields.iter().enumerate().filter(|(_, field)| field.retired.is_none());
    if there.any(|(ix, _)| open(ix)) {
        lines.push(desk.words.t("why-open"));
    }
    Ok(lines)
}

fn line(desk: &Desk, declared: &Register, reason: &Reason) -> Result<String, Fault> {
    let role = desk.viewer.catalog().roles.find(reason.role.as_str());
    let role = role.map_or_else(|| reason.role.to_string(), |role| role.name.get(desk.lang()).to_owned());
    let scope = desk.words.t(&format!("scope-{}", reason.scope.code()));
    let say = |id: &str| desk.words.t2(id, "role", &role, "scope", &scope);
    Ok(match &reason.rule {
        Rule::WholeSchool => say("why-school"),
        Rule::OfficeKeeps => say("why-office-keeps"),
        Rule::OfficeVerifies => say("why-office-verifies"),
        Rule::OfficeRefersTo => say("why-office-refers"),
        Rule::WholeRegister => say("why-register"),
        Rule::BelongsTo(_, _, Way::Itself) => say("why-itself"),
        Rule::BelongsTo(anchor, tied, way) => {
            let to = match desk.viewer.catalog().find_register(anchor.as_str()) {
                Some(at) => desk.viewer.labels(at, &[*tied])?.get(at, *tied),
                None => String::new(),
            };
            let (id, field) = match way {
                Way::Column(column) => ("why-field", column_name(desk, declared, *column)),
                Way::Members(field) => ("why-field", column_name(desk, declared, Column::Field(*field))),
                Way::Through { field, .. } => ("why-through", column_name(desk, declared, Column::Field(*field))),
                Way::Itself => ("why-itself", String::new()),
            };
            desk.words.with(id, &[("role", role), ("scope", scope), ("field", field), ("to", to)])
        }
    })
}

fn column_name(desk: &Desk, declared: &Register, column: Column) -> String {
    let catalog = desk.viewer.catalog();
    let field = match column {
        Column::Field(ix) => declared.fields.get(ix),
        Column::Copied(ix) => {
            let last = declared.copies.get(ix).and_then(|copy| copy.steps.last());
            last.and_then(|(register, field)| catalog.registers.get(*register)?.fields.get(*field))
        }
    };
    field.map_or_else(String::new, |field| field.name.get(desk.lang()).to_owned())
}
