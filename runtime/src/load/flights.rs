//! Loads under way: whoever asks for the same key meanwhile waits for the same load.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use redis::Value;
use tokio::sync::OnceCell;

use crate::cache::{Token, token};

/// Room for names that is kept while nothing is loaded.
const KEPT: usize = 64;

/// A key: its database and its name.
type Name = (u16, Box<[u8]>);

/// The loads of one store that are under way, by key. What has ended leaves nothing behind.
#[derive(Default)]
pub(crate) struct Flights {
    under_way: Mutex<HashMap<Name, Arc<Flight>>>,
    /// How many loads have ended whose value was stored.
    stored: AtomicU64,
}

/// One load, and who waits for it.
#[derive(Default)]
struct Flight {
    /// What was loaded, as the server would have replied it. Whoever cannot finish leaves it empty, and the next in
    /// line loads.
    outcome: OnceCell<Option<Value>>,
    /// Callers; changed under the lock alone.
    seats: AtomicUsize,
    /// Who loads, as other processes are told: the same for whoever in this one has the turn.
    token: OnceLock<Token>,
    /// Other processes may have been told.
    told: AtomicBool,
}

/// A caller's part in a load.
pub(crate) struct Seat<'f> {
    flights: &'f Flights,
    name: Name,
    flight: Arc<Flight>,
}

impl Flights {
    /// A moment: what was stored before it can be read from the server.
    #[inline]
    pub(crate) fn moment(&self) -> u64 {
        self.stored.load(Ordering::Acquire)
    }

    /// Joins the load of a key, or begins one.
    pub(crate) fn join(&self, database: u16, name: Box<[u8]>) -> Seat<'_> {
        let name = (database, name);
        let mut under_way = self.lock();
        let flight = match under_way.get(&name) {
            Some(flight) => Arc::clone(flight),
            None => Arc::clone(under_way.entry(name.clone()).or_default()),
        };
        flight.seats.fetch_add(1, Ordering::Relaxed);
        drop(under_way);
        Seat {
            flights: self,
            name,
            flight,
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Name, Arc<Flight>>> {
        // Nothing under the lock leaves it half-changed.
        let lock = self.under_way.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }

    /// Number of keys that are loaded at the moment.
    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.lock().len()
    }
}

impl Seat<'_> {
    /// What was loaded; whoever is asked to make it is alone until it has.
    pub(crate) fn outcome(&self) -> &OnceCell<Option<Value>> {
        &self.flight.outcome
    }

    /// Who loads, as other processes are told.
    pub(crate) fn token(&self) -> &Token {
        self.flight.told.store(true, Ordering::Release);
        self.flight.token.get_or_init(token)
    }

    /// Whether other processes may have been told: what is loaded then may be older than a caller who comes now.
    pub(crate) fn told(&self) -> bool {
        self.flight.told.load(Ordering::Acquire)
    }

    /// Whether something was stored since that moment, by whichever load.
    pub(crate) fn stored_since(&self, moment: u64) -> bool {
        self.flights.moment() != moment
    }

    /// Ends the load: whoever asks from now on looks at the server again. Tells whether others wait.
    pub(crate) fn end(&self, stored: bool) -> bool {
        let mut under_way = self.flights.lock();
        if stored {
            self.flights.stored.fetch_add(1, Ordering::Release);
        }
        self.remove(&mut under_way);
        self.flight.seats.load(Ordering::Relaxed) > 1
    }

    fn remove(&self, under_way: &mut HashMap<Name, Arc<Flight>>) {
        let mine = |flight: &Arc<Flight>| Arc::ptr_eq(flight, &self.flight);
        if under_way.get(&self.name).is_some_and(mine) {
            under_way.remove(&self.name);
        }
        if under_way.is_empty() {
            under_way.shrink_to(KEPT);
        }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let mut under_way = self.flights.lock();
        if self.flight.seats.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.remove(&mut under_way);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join<'f>(flights: &'f Flights, name: &str) -> Seat<'f> {
        flights.join(0, name.as_bytes().into())
    }

    #[test]
    fn nothing_is_left_of_what_has_ended() {
        let flights = Flights::default();
        let seats: Vec<_> = (0..1000)
            .map(|at| join(&flights, &at.to_string()))
            .collect();
        assert_eq!(flights.count(), 1000);
        drop(seats);
        assert_eq!(flights.count(), 0);
        assert!(flights.lock().capacity() < 1000);
    }

    #[test]
    fn callers_of_one_key_share_a_load_and_others_do_not() {
        let flights = Flights::default();
        let (first, second) = (join(&flights, "a"), join(&flights, "a"));
        let other = flights.join(1, b"a".as_slice().into());
        assert!(Arc::ptr_eq(&first.flight, &second.flight));
        assert!(!Arc::ptr_eq(&first.flight, &other.flight));
        drop(first);
        assert_eq!(flights.count(), 2, "somebody still waits");
        assert!(!second.end(false), "nobody else does");
        drop((second, other));
        assert_eq!(flights.count(), 0);
    }

    #[test]
    fn a_load_that_has_ended_is_not_joined() {
        let flights = Flights::default();
        let (first, waiting) = (join(&flights, "a"), join(&flights, "a"));
        let moment = flights.moment();
        assert!(first.end(true), "somebody waits");
        assert!(waiting.stored_since(moment));
        let later = join(&flights, "a");
        assert!(!Arc::ptr_eq(&later.flight, &waiting.flight));
        // Those of the load before do not take the new one away.
        drop((first, waiting));
        assert_eq!(flights.count(), 1);
    }
}
