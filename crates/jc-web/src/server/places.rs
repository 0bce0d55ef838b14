//! How many connections there are, in all and from each address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// The places there are.
pub(super) struct Places {
    all: usize,
    each: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// A place that is taken; given back when dropped.
pub(super) struct Place {
    places: Arc<Places>,
    address: IpAddr,
}

impl Places {
    pub(super) fn new(all: usize, each: usize) -> Arc<Self> {
        Arc::new(Self { all, each, taken: Mutex::default() })
    }

    /// A place for a connection from an address; nothing if there is none left.
    pub(super) fn take(places: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let mut taken = places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.values().sum::<usize>() >= places.all {
            return None;
        }
        let own = taken.entry(address).or_default();
        if *own >= places.each {
            return None;
        }
        *own += 1;
        Some(Place { places: places.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use std::net::IpAddr;

    #[test]
    fn places_are_bounded_and_given_back() {
        let places = Places::new(3, 2);
        let [a, b] = ["10.0.0.1", "10.0.0.2"].map(|text| text.parse::<IpAddr>().expect("an address"));
        let first = Places::take(&places, a);
        let _second = Places::take(&places, a);
        assert!(first.is_some() && Places::take(&places, a).is_none(), "two from one address");
        let _third = Places::take(&places, b);
        assert!(Places::take(&places, b).is_none(), "three in all");
        drop(first);
        assert!(Places::take(&places, b).is_some());
    }
}
