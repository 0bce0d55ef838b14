//! To whom a record belongs: the departments, classes and people it is about. Told once, from what registers declare,
//! so that scopes need no list of their own to be kept.

use crate::kinds::Kind;
use crate::model::{Column, Register};
use std::collections::BTreeMap;

/// The registers that scopes are about; the second says whether it is one of people.
const ANCHORS: [(&str, bool); 4] = [("department", false), ("class", false), ("student", true), ("staff", true)];

/// A way from a record to a record it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The record itself.
    Itself,
    /// A field, or a value copied as of the record's date.
    Column(Column),
    /// Any member of a field of several references.
    Members(usize),
    /// A person the record names (one or several), by what holds of that person now.
    Through {
        /// The field that names the person.
        field: usize,
        /// The register of people.
        people: usize,
        /// Where the person's own record tells it.
        column: Column,
    },
}

/// The ways from the records of each register to those of each anchor.
#[derive(Debug, Clone, Default)]
pub struct Belonging(Vec<BTreeMap<usize, Vec<Way>>>);

impl Belonging {
    /// Tells the ways of all registers.
    pub fn of(registers: &[Register]) -> Self {
        let position = |id: &str| registers.iter().position(|register| register.id.as_str() == id);
        let anchors: Vec<(usize, bool)> =
            ANCHORS.iter().filter_map(|(id, people)| position(id).map(|at| (at, *people))).collect();
        let people: Vec<usize> = anchors.iter().filter(|(_, people)| *people).map(|(at, _)| *at).collect();
        let ways = |register: usize| {
            let to = |(anchor, of_people): &(usize, bool)| {
                let mut ways = own(registers, register, *anchor, *of_people);
                if ways.is_empty() && !of_people {
                    ways = through(registers, register, *anchor, &people);
                }
                (!ways.is_empty()).then_some((*anchor, ways))
            };
            anchors.iter().filter_map(to).collect()
        };
        Self((0..registers.len()).map(ways).collect())
    }

    /// The ways from a register's records to those of another; none if nothing tells it.
    pub fn ways(&self, register: usize, anchor: usize) -> &[Way] {
        self.0.get(register).and_then(|ways| ways.get(&anchor)).map_or(&[], Vec::as_slice)
    }
}

/// What the record itself tells. A person is meant by a field only: a copied one (the teacher of a student's class)
/// makes the record no part of what is that person's own.
fn own(registers: &[Register], register: usize, anchor: usize, of_people: bool) -> Vec<Way> {
    if register == anchor {
        return vec![Way::Itself];
    }
    let declared = &registers[register];
    let field = |(ix, field): (usize, &crate::model::Field)| match field.kind {
        Kind::Ref(target) if target == anchor => Some(Way::Column(Column::Field(ix))),
        Kind::Refs(target) if target == anchor => Some(Way::Members(ix)),
        _ => None,
    };
    let mut ways: Vec<Way> = declared.fields.iter().enumerate().filter_map(field).collect();
    if !of_people {
        let copies = declared.copies.iter().enumerate().filter(|(_, copy)| copy.kind == Kind::Ref(anchor));
        ways.extend(copies.map(|(ix, _)| Way::Column(Column::Copied(ix))));
    }
    ways
}

/// What the records of the people it names tell.
fn through(registers: &[Register], register: usize, anchor: usize, people: &[usize]) -> Vec<Way> {
    let mut ways = Vec::new();
    for (field, declared) in registers[register].fields.iter().enumerate() {
        let (Kind::Ref(target) | Kind::Refs(target)) = declared.kind else { continue };
        if !people.contains(&target) {
            continue;
        }
        for way in own(registers, target, anchor, false) {
            if let Way::Column(column) = way {
                ways.push(Way::Through { field, people: target, column });
            }
        }
    }
    ways
}
