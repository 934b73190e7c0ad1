//! How much a connection has to do, told by the task that owns it.

#[cfg(feature = "metrics")]
use metrics::Gauge;

#[cfg(feature = "metrics")]
use super::catalog;

/// What a connection has told of the requests under way on it. What it had to do is taken back when it is dropped.
pub(crate) struct Load {
    /// All connections to one database of a server share it.
    #[cfg(feature = "metrics")]
    gauge: Gauge,
    #[cfg(feature = "metrics")]
    told: usize,
}

impl Load {
    /// Of a connection to a database of this server.
    #[cfg_attr(not(feature = "metrics"), allow(unused_variables))]
    pub(crate) fn new(server: impl FnOnce() -> String, database: u16) -> Self {
        Self {
            #[cfg(feature = "metrics")]
            gauge: gauge(server(), database),
            #[cfg(feature = "metrics")]
            told: 0,
        }
    }

    /// So many requests are under way. What stays the same costs nothing.
    #[inline]
    pub(crate) fn tell(&mut self, in_flight: usize) {
        #[cfg(feature = "metrics")]
        if in_flight != self.told {
            self.changed(in_flight);
        }
        let _ = in_flight;
    }

    #[cfg(feature = "metrics")]
    fn changed(&mut self, in_flight: usize) {
        let told = std::mem::replace(&mut self.told, in_flight);
        if in_flight > told {
            self.gauge.increment((in_flight - told) as f64);
        } else {
            self.gauge.decrement((told - in_flight) as f64);
        }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.tell(0);
    }
}

#[cfg(feature = "metrics")]
fn gauge(server: String, database: u16) -> Gauge {
    let database = database.to_string();
    let gauge = metrics::gauge!(catalog::IN_FLIGHT, "server" => server, "database" => database);
    gauge.increment(0.0);
    gauge
}
