//! Names in expressions: fields, paths through references, registers that refer back.

use super::parse::ExprFault;
use crate::faults;
use crate::kinds::Kind;
use crate::model::{Column, Copied, Register};
use std::ops::Range;

/// The longest name of a column: PostgreSQL cuts at 63 bytes, and a suffix must still fit.
const LONGEST_COLUMN: usize = 60;

/// The paths each register keeps: those found so far, by position of the register.
#[derive(Debug, Clone)]
pub struct Copies {
    by_register: Vec<Vec<Copied>>,
    may_grow: bool,
}

impl Copies {
    /// Nothing yet: each path that is met is kept. For reading a catalog.
    pub(crate) fn growing(registers: usize) -> Self {
        Self { by_register: vec![Vec::new(); registers], may_grow: true }
    }

    /// What the registers of a finished catalog keep: other paths are faults. For an expression someone typed.
    pub fn kept(registers: &[Register]) -> Self {
        Self { by_register: registers.iter().map(|r| r.copies.clone()).collect(), may_grow: false }
    }

    /// The paths of a register found so far.
    pub(crate) fn of(&self, register: usize) -> &[Copied] {
        &self.by_register[register]
    }

    /// The paths of a register, at the end.
    pub(crate) fn take(&mut self, register: usize) -> Vec<Copied> {
        std::mem::take(&mut self.by_register[register])
    }

    fn keep(&mut self, register: usize, copied: Copied) -> Option<usize> {
        let kept = &mut self.by_register[register];
        if let Some(ix) = kept.iter().position(|other| other.path == copied.path) {
            return Some(ix);
        }
        self.may_grow.then(|| {
            kept.push(copied);
            kept.len() - 1
        })
    }
}

/// The column a field's id or a dotted path names.
pub(crate) fn column(
    path: &[(String, Range<usize>)],
    register: usize,
    registers: &[Register],
    copies: &mut Copies,
) -> Result<Column, ExprFault> {
    let own = &registers[register];
    let Some((first, rest)) = path.split_first() else {
        return Err(ExprFault::at(faults::EXPR_EMPTY, 0..1));
    };
    let via = find_field(own, first)?;
    if rest.is_empty() {
        return Ok(Column::Field(via));
    }
    let mut steps = Vec::new();
    let mut kind = &own.fields[via].kind;
    let mut before = first;
    for step in rest {
        let reached = match kind {
            Kind::Ref(reached) => *reached,
            Kind::Refs(_) => {
                return Err(ExprFault::at(faults::PATH_MANY, before.1.clone()).with("step", &before.0));
            }
            other => {
                return Err(ExprFault::at(faults::PATH_STEP, before.1.clone())
                    .with("step", &before.0)
                    .with("kind", format!("@kind-{}", other.word())));
            }
        };
        let field = find_field(&registers[reached], step)?;
        steps.push((reached, field));
        kind = &registers[reached].fields[field].kind;
        before = step;
    }
    let names: Vec<&str> = path.iter().map(|(name, _)| name.as_str()).collect();
    let written = names.join(".");
    let whole = first.1.start..before.1.end;
    if matches!(kind, Kind::Refs(_)) {
        return Err(ExprFault::at(faults::REF_TO_UNSEEN, whole).with("field", &written).with("use", "@use-path"));
    }
    let column = format!("c_{}", names.join("__"));
    if column.len() > LONGEST_COLUMN {
        return Err(ExprFault::at(faults::ID_LONG, whole).with("id", &written).with("most", LONGEST_COLUMN - 2));
    }
    // The stations on the way are kept too: by them the store finds the records a correction must reach.
    for stations in 1..steps.len() {
        let (reached, field) = steps[stations - 1];
        let copied = Copied {
            path: names[..=stations].join("."),
            via,
            steps: steps[..stations].to_vec(),
            column: format!("c_{}", names[..=stations].join("__")),
            kind: registers[reached].fields[field].kind.clone(),
        };
        copies.keep(register, copied);
    }
    let copied = Copied { path: written.clone(), via, steps, column, kind: kind.clone() };
    let kept = copies.keep(register, copied).map(Column::Copied);
    kept.ok_or_else(|| ExprFault::at(faults::EXPR_NOT_KEPT, whole).with("path", written))
}

/// The field of a register, or the fault that names the nearest one.
pub(crate) fn find_field(register: &Register, (name, at): &(String, Range<usize>)) -> Result<usize, ExprFault> {
    if let Some(ix) = register.find_field(name) {
        return Ok(ix);
    }
    let fault =
        ExprFault::at(faults::UNKNOWN_FIELD, at.clone()).with("field", name).with("register", register.id.as_str());
    Err(fault.nearest(near_field(register, name)))
}

/// The id of the field someone may have meant by a name, a heading or a slip of the pen.
pub(crate) fn near_field<'a>(register: &'a Register, name: &str) -> Option<&'a str> {
    let by_heading = register.fields.iter().find(|field| {
        field.name.zh == name || field.id.as_str().eq_ignore_ascii_case(name) || field.aliases.iter().any(|a| a == name)
    });
    let ids = || register.fields.iter().map(|field| field.id.as_str());
    by_heading.map(|field| field.id.as_str()).or_else(|| jc_text::similar::nearest(name, ids()))
}

/// The fields of `other` that refer to `here`.
pub(super) fn ways_back(other: &Register, here: usize) -> Vec<usize> {
    let points_here = |kind: &Kind| matches!(kind, Kind::Ref(to) | Kind::Refs(to) if *to == here);
    (0..other.fields.len()).filter(|ix| points_here(&other.fields[*ix].kind)).collect()
}
