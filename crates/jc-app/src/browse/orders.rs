//! The orders of lists, kept while nothing on their pages is written: a list sorted once is looked through at the
//! price of its rows. What holds is told by the pages' versions, so that no order is ever stale.

use crate::error::AppError;
use crate::person::Viewer;
use jc_base::{RecordId, RecordState, SchoolId, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Column, PeriodRule};
use jc_figures::Page;
use jc_store::Reader;
use jc_store::reach::Extent;
use jc_store::reader::ListQuery;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// So many ids are kept in all: a few megabytes.
const MOST_IDS: usize = 200_000;

/// The order of a list, first to last as if it were not descending.
pub struct Order {
    /// Its records.
    pub ids: Vec<RecordId>,
    /// How many there are, by state.
    pub counts: [i64; 4],
    /// What its named measures come to, once somebody asked; nothing for a list too long to be added up.
    pub sums: OnceLock<Option<Vec<(usize, i64)>>>,
}

/// Which list.
#[derive(PartialEq)]
struct Which {
    school: SchoolId,
    register: usize,
    page: Page,
    state: Option<RecordState>,
    equal: Vec<(Column, Value)>,
    sort: Option<Column>,
}

struct Kept {
    which: Which,
    /// The version of its page; the last audit entry too if it is ordered by what references are called.
    version: (i64, i64),
    order: Arc<Order>,
}

/// The orders that are kept, the one used last at the end.
#[derive(Default)]
pub struct Orders(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// The catalog whose positions the orders speak of.
    catalog: Option<Arc<Catalog>>,
    kept: Vec<Kept>,
}

impl Orders {
    /// The order of a list in a version of its page, if it is known.
    fn find(&self, catalog: &Arc<Catalog>, which: &Which, version: (i64, i64)) -> Option<Arc<Order>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.catalog.as_ref().is_some_and(|own| Arc::ptr_eq(own, catalog)) {
            *known = Known { catalog: Some(catalog.clone()), kept: Vec::new() };
        }
        let at = known.kept.iter().position(|kept| kept.which == *which)?;
        let kept = known.kept.remove(at);
        if kept.version != version {
            return None;
        }
        let order = kept.order.clone();
        known.kept.push(kept);
        Some(order)
    }

    fn keep(&self, catalog: &Arc<Catalog>, kept: Kept) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.catalog.as_ref().is_some_and(|own| Arc::ptr_eq(own, catalog)) {
            return;
        }
        known.kept.push(kept);
        let mut ids: usize = known.kept.iter().map(|kept| kept.order.ids.len()).sum();
        while ids > MOST_IDS && !known.kept.is_empty() {
            ids -= known.kept.remove(0).order.ids.len();
        }
    }
}

impl Viewer<'_> {
    /// The order of a list, where it is of one page, seen whole, and more than the order of entry; nothing for others.
    pub(super) fn order(
        &self,
        reader: &mut Reader,
        register: usize,
        query: &ListQuery,
    ) -> Result<Option<Arc<Order>>, AppError> {
        let declared = &self.catalog.registers[register];
        let always = declared.period == PeriodRule::Always;
        let narrowed = !query.search.trim().is_empty() || query.not_kept_by.is_some();
        let plain = query.sort.is_none() && query.equal.is_empty() && query.state.is_none();
        let page = query.page.or(always.then_some(Page::All));
        let Some(page) = page.filter(|_| !narrowed && !plain && reader.extent(register) == Extent::All) else {
            return Ok(None);
        };
        // A page that was never written is totalled when it is looked at: it has no version to go by.
        let Some(info) = reader.page_info(register, page)? else { return Ok(None) };
        if usize::try_from(info.records).is_ok_and(|records| records > MOST_IDS / 2) {
            return Ok(None);
        }
        // What references are called stands on other pages, or on none.
        let called = query.sort.is_some_and(|column| matches!(declared.column_kind(column), Kind::Ref(_)));
        let version = (info.version, if called { reader.last_entry()? } else { 0 });
        let which = Which {
            school: self.person.school,
            register,
            page,
            state: query.state,
            equal: query.equal.clone(),
            sort: query.sort,
        };
        let orders = &self.app.orders;
        if let Some(order) = orders.find(&self.catalog, &which, version) {
            return Ok(Some(order));
        }
        let listed = reader.order(register, query)?;
        let mut counts = [0; 4];
        listed.iter().for_each(|(_, state)| counts[*state as usize] += 1);
        let order =
            Arc::new(Order { ids: listed.into_iter().map(|(id, _)| id).collect(), counts, sums: OnceLock::new() });
        orders.keep(&self.catalog, Kept { which, version, order: order.clone() });
        Ok(Some(order))
    }
}
