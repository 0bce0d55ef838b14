//! Two schools with the same two departments each: in every register, records that belong to the one and to the other,
//! in every state. Made from the catalog, so that a register that comes has its cells at once.

use jc_app::labels::search_text;
use jc_base::{Date, RecordId, RecordState, SchoolId, Value};
use jc_catalog::Catalog;
use jc_catalog::kinds::Kind;
use jc_store::store::Ending;
use jc_store::{Actor, StoreError, Writer};
use jc_testkit::{OTHER, SCHOOL, TestDb, moment};
use std::collections::BTreeMap;

/// The departments of a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Own,
    Foreign,
}

/// A record of the world.
#[derive(Debug, Clone)]
pub struct Made {
    pub school: SchoolId,
    pub side: Side,
    pub register: usize,
    pub id: RecordId,
    pub state: RecordState,
}

/// What was made.
///
/// People come in every state, and a record refers to those of its own state; to everything else it refers to the
/// verified one of its side.
pub struct World {
    pub made: Vec<Made>,
    by_state: Known,
}

type Known = BTreeMap<(i64, Side, usize, RecordState), RecordId>;

impl World {
    /// The records of a register on a side that scopes are about: all people, else the verified one.
    pub fn anchors(&self, catalog: &Catalog, school: SchoolId, side: Side, register: usize) -> Vec<RecordId> {
        let states: &[RecordState] =
            if of_people(catalog, register) { &RecordState::ALL } else { &[RecordState::Verified] };
        states.iter().map(|state| self.by_state[&(school.0, side, register, *state)]).collect()
    }

    /// Whether a record is about the anchors of its school's own side, if anything tells.
    pub fn is_about(&self, catalog: &Catalog, made: &Made, anchor: usize) -> bool {
        let anchors = self.anchors(catalog, made.school, Side::Own, anchor);
        if made.register == anchor { anchors.contains(&made.id) } else { made.side == Side::Own }
    }
}

fn of_people(catalog: &Catalog, register: usize) -> bool {
    matches!(catalog.registers[register].id.as_str(), "student" | "staff")
}

/// Makes the world in a database. The second school has the same names and numbers.
pub fn make(db: &TestDb, catalog: &Catalog) -> World {
    let mut world = World { made: Vec::new(), by_state: BTreeMap::new() };
    for school in [SCHOOL, OTHER] {
        let actor = Actor { account: None, name: "system".into(), by: Vec::new() };
        let made = db.store.write::<_, StoreError>(school, &actor, "record.create", "world", moment(), |writer| {
            let mut made = Vec::new();
            for side in [Side::Own, Side::Foreign] {
                for register in 0..catalog.registers.len() {
                    // The verified one first: others refer to it.
                    for state in
                        [RecordState::Verified, RecordState::Submitted, RecordState::Draft, RecordState::Returned]
                    {
                        let id = record(writer, catalog, &world.by_state, (school, side, register, state))?;
                        world.by_state.insert((school.0, side, register, state), id);
                        made.push(Made { school, side, register, id, state });
                    }
                }
            }
            Ok(Ending::Keep(made))
        });
        world.made.extend(made.expect("a world"));
    }
    world
}

fn record(
    writer: &mut Writer,
    catalog: &Catalog,
    known: &Known,
    (school, side, register, state): (SchoolId, Side, usize, RecordState),
) -> Result<RecordId, StoreError> {
    let declared = &catalog.registers[register];
    let day = Date::new(2024, 5, 1 + state.number() as u32).expect("a day");
    let word = format!("{}{}", if side == Side::Own { "甲" } else { "乙" }, state.number());
    let named = |target: usize| {
        let state = if of_people(catalog, target) { state } else { RecordState::Verified };
        known.get(&(school.0, side, target, state)).copied()
    };
    // Where nothing but codes and years names a record, each has a code of its own.
    let by_codes = declared.key.iter().all(|ix| matches!(declared.fields[*ix].kind, Kind::Code(_) | Kind::Year));
    let own_code = if by_codes { side as usize * 4 + state.number() as usize } else { 0 };
    let value = |(ix, field): (usize, &jc_catalog::model::Field)| match &field.kind {
        Kind::Ref(target) => named(*target).map_or(Value::Missing, Value::Ref),
        Kind::Refs(target) => named(*target).map_or(Value::Missing, |id| Value::Refs(vec![id])),
        Kind::Date if field.required || declared.key.contains(&ix) => Value::Date(day),
        Kind::Month => Value::Text("2024-05".into()),
        Kind::Year => Value::Int(2024),
        Kind::Integer | Kind::Decimal(_) | Kind::Money | Kind::Time | Kind::Boolean => Value::Int(1),
        Kind::Code(list) => {
            let codes = catalog.code_list(list.as_str()).map(|list| &list.codes);
            let at = if declared.key.contains(&ix) { own_code } else { 0 };
            codes.and_then(|codes| codes.get(at)).map_or(Value::Missing, |code| Value::Text(code.code.clone()))
        }
        Kind::PersonName => Value::Text(format!("{word}某")),
        Kind::IdNumber => Value::Text(format!("99010120080315{}{}9", side as u8, 100 + state.number())),
        Kind::Date | Kind::Link => Value::Missing,
        _ => Value::Text(format!("{word}{}", field.id)),
    };
    let values: Vec<Value> = declared.fields.iter().enumerate().map(value).collect();
    let copied = writer.copies(register, &values)?;
    let search = search_text(catalog, register, &values);
    writer.create(register, values, copied, state, search)
}
