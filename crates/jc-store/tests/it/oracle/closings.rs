//! Closings among the random edits: what was sealed stays as the model had it on that day, and the way from there to
//! today adds up, for every total and every figure.

use super::days::Sheet;
use super::model::{Model, Sums, VERIFIED};
use super::{Against, Expect, Script, expected};
use jc_base::Ratio;
use jc_figures::restated::{self, Cause, Verified};
use jc_figures::{FigureValue, Page, settle};
use jc_store::seal::{Closed, Correction, read_definitions};
use jc_store::store::Ending;
use jc_store::{Actor, StoreError};
use jc_trust::SigningKey;
use std::collections::BTreeMap;

/// A page that was closed, and the records as the model had them.
pub struct Sealed {
    school: usize,
    register: usize,
    sheet: Sheet,
    then: Model,
    closed: Closed,
    definitions: String,
}

impl Script<'_> {
    /// What a person says who changes a closed page.
    pub fn correction(&mut self) -> Correction {
        let cause =
            self.chance.pick(&[None, None, Some(Cause::Correction), Some(Cause::Double), Some(Cause::Evidence)]);
        Correction { cause, reason: format!("第{}步", self.step) }
    }

    /// Closes a page of a register with periods, if it is open.
    pub fn close_one(&mut self) {
        let (school, register) = (usize::from(self.chance.percent(15)), self.chance.below(self.world.registers.len()));
        let Some(division) = self.world.registers[register].rule.division() else { return };
        let sheet = division.period(self.chance.within(2022, 2025), 1 + i64::from(self.chance.percent(20)));
        let id = self.world.registers[register].id.clone();
        let same =
            |s: &Sealed| (s.school, s.register, s.sheet.code.as_str()) == (school, register, sheet.code.as_str());
        if self.sealed.iter().any(same) || sheet.last >= self.today {
            return;
        }
        let (number, model) = (self.schools[school].0, &self.schools[school].1);
        let catalog = self.db.store.catalog();
        let ix = catalog.find_register(&id).expect("a register");
        let page = Page::parse(&catalog.registers[ix], &sheet.code).expect("a page's code");
        let actor = Actor { account: None, name: "script".into(), by: Vec::new() };
        let key = SigningKey::from_seed(&[3; 32]);
        let closed = self
            .db
            .store
            .write::<_, StoreError>(number, &actor, "page.close", &id, self.moment(), |writer| {
                Ok(Ending::Keep(writer.close(ix, page, 0, &key)?))
            })
            .unwrap_or_else(|error| panic!("{}: {error:?}", self.said()));
        let definitions = self
            .db
            .store
            .read::<_, StoreError>(number, &jc_store::Reach::School, self.moment(), |reader| {
                reader.sealed_text(&closed.signed.seal.definitions)
            })
            .expect("a read")
            .expect("definitions");
        let then = model.clone();
        self.sealed.push(Sealed { school, register, sheet, then, closed, definitions });
    }
}

fn kept(sums: &Sums, quantities: &[String]) -> BTreeMap<String, (i128, i64)> {
    let names = std::iter::once("").chain(quantities.iter().map(String::as_str));
    let verified = sums.iter().map(|by_state| (by_state[VERIFIED].value, by_state[VERIFIED].unknown));
    names.map(str::to_owned).zip(verified).filter(|(_, amount)| *amount != (0, 0)).collect()
}

fn found(totals: &Verified) -> BTreeMap<String, (i128, i64)> {
    let amounts = totals.iter().map(|(id, amount)| (id.clone(), (i128::from(amount.value), amount.unknown)));
    amounts.filter(|(_, amount)| *amount != (0, 0)).collect()
}

impl Against<'_, '_> {
    /// Holds a closed page of this register against the day it was closed, and the way to today against both.
    pub fn sealed(&mut self, sealed: &Sealed, digits: &[u32]) -> Result<(), StoreError> {
        let world = self.model.world.clone();
        let declared = &world.registers[self.register];
        let catalog = self.reader.catalog();
        let ix = catalog.find_register(&declared.id).expect("a register");
        let (name, code) = (declared.id.as_str(), sealed.sheet.code.as_str());
        let page = Page::parse(&catalog.registers[ix], code).expect("a page's code");
        let said = format!("{}: closed page {code} of {name}", self.said);
        assert_eq!(self.reader.seal(name, page)?.as_ref(), Some(&sealed.closed), "{said}");
        let text = self.reader.sealed_text(&sealed.closed.signed.seal.definitions)?;
        assert_eq!(text.as_ref(), Some(&sealed.definitions), "{said}");
        let quantities: Vec<String> = declared.quantities.iter().map(|q| q.id.clone()).collect();
        for slice in std::iter::once(None).chain(declared.slices.iter().map(Some)) {
            let id = slice.map_or("", |(id, _)| id.as_str());
            let path = slice.map(|(_, path)| path);
            let then = sealed.then.totals(self.register, Some(&sealed.sheet), path, digits);
            let now = self.model.totals(self.register, Some(&sealed.sheet), path, digits);
            let nothing = vec![[super::model::Sum::default(); 4]; quantities.len() + 1];
            for value in then.keys().chain(now.keys()) {
                let (mut totals, _) = self.reader.sealed_totals(name, code, (id, value))?;
                let wanted = kept(then.get(value).unwrap_or(&nothing), &quantities);
                assert_eq!(found(&totals), wanted, "{said}: sealed, slice {id:?} = {value:?}");
                for delta in self.reader.deltas(name, code, (id, value))? {
                    for (measure, amount) in delta.totals {
                        let total = totals.entry(measure).or_default();
                        total.value += amount.value;
                        total.unknown += amount.unknown;
                    }
                }
                let wanted = kept(now.get(value).unwrap_or(&nothing), &quantities);
                assert_eq!(found(&totals), wanted, "{said}: restated, slice {id:?} = {value:?}");
            }
        }
        self.explained(sealed, ix, page, digits, &said)
    }

    fn explained(
        &mut self,
        sealed: &Sealed,
        ix: usize,
        page: Page,
        digits: &[u32],
        said: &str,
    ) -> Result<(), StoreError> {
        let declared = &self.model.world.registers[self.register];
        let register = &self.reader.catalog().registers[ix];
        let (name, code) = (declared.id.as_str(), sealed.sheet.code.as_str());
        let nothing = || vec![[super::model::Sum::default(); 4]; declared.quantities.len() + 1];
        let whole = |totals: BTreeMap<String, Sums>| totals.into_values().next().unwrap_or_else(nothing);
        let division = declared.rule.division().expect("periods");
        let earlier = division.period(sealed.sheet.year - 1, sealed.sheet.term);
        let then = whole(sealed.then.totals(self.register, Some(&sealed.sheet), None, digits));
        let then_before = whole(sealed.then.totals(self.register, Some(&earlier), None, digits));
        let (totals, before) = self.reader.sealed_totals(name, code, ("", ""))?;
        let deltas = self.reader.deltas(name, code, ("", ""))?;
        let (now, now_before) = (self.loaded(ix, page)?, self.loaded(ix, page.a_year_before().expect("periods"))?);
        for definition in read_definitions(&sealed.definitions).expect("legible definitions") {
            let indicator = declared.indicators.iter().find(|i| i.id == definition.id.as_str()).expect("an indicator");
            let sign = register.indicators.iter().find(|i| i.id == definition.id).expect("an indicator");
            let value =
                |sums: &Sums, quantity: usize| (sums[quantity + 1][VERIFIED].value, 10i128.pow(digits[quantity]));
            let present = settle(register, sign, page, None, &now, Some(&now_before)).value;
            let explained = restated::explain(&definition, &totals, Some(&before), &deltas, present, false);
            let wanted = match expected(indicator.formula, &then, Some(&then_before), &value) {
                Expect::Is(part, whole) => Ratio::new(part, whole),
                Expect::None(_) => None,
            };
            let number = |value: FigureValue| if let FigureValue::Known(ratio) = value { Some(ratio) } else { None };
            let told = format!("{said}: {} {explained:?}", definition.id);
            assert_eq!(number(explained.sealed.value), wanted, "{told}");
            let sum = explained.by_cause.iter().fold(Ratio::whole(0), |sum, (_, part)| sum.plus(*part).expect("small"));
            match wanted.zip(number(present)) {
                Some((old, new)) => {
                    assert_eq!((explained.difference, Some(sum)), (new.minus(old), new.minus(old)), "{told}");
                }
                None => assert_eq!((explained.difference, sum), (None, Ratio::whole(0)), "{told}"),
            }
            let late = explained.steps.iter().filter(|step| step.number.is_none()).count();
            assert!(definition.looks_back() || late == 0, "a write was not restated, {told}");
        }
        Ok(())
    }
}

/// Every closed page so far.
pub fn check(script: &Script) {
    for sealed in &script.sealed {
        let (school, model) = &script.schools[sealed.school];
        let checked =
            script.db.store.read::<_, StoreError>(*school, &jc_store::Reach::School, script.moment(), |reader| {
                let declared = &script.world.registers[sealed.register];
                let catalog = reader.catalog();
                let ix = catalog.find_register(&declared.id).expect("a register");
                let digits: Vec<u32> = declared
                    .quantities
                    .iter()
                    .map(|q| {
                        catalog.registers[ix].measures.iter().find(|m| m.id.as_str() == q.id).expect("a measure").digits
                    })
                    .map(u32::from)
                    .collect();
                Against { said: &script.said(), model, register: sealed.register, reader }.sealed(sealed, &digits)
            });
        checked.unwrap_or_else(|error| panic!("{}: {error:?}", script.said()));
    }
}
