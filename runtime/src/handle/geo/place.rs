use redis::Value;

use crate::cmd::Args;
use crate::codec::Problem;
use crate::error::Result;
use crate::key::Spec;
use crate::reply;

/// A place on the earth, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coordinates {
    /// East of Greenwich; west is negative. -180 to 180.
    pub longitude: f64,
    /// North of the equator; south is negative. The server keeps -85.05112878 to 85.05112878.
    pub latitude: f64,
}

/// The server's projection leaves out the poles.
const HIGHEST: f64 = 85.051_128_78;

impl Coordinates {
    /// A place by its longitude (east) and latitude (north), in degrees and in this order.
    #[must_use]
    pub const fn new(longitude: f64, latitude: f64) -> Self {
        Self {
            longitude,
            latitude,
        }
    }

    /// Longitude, then latitude.
    pub(super) fn read(value: Value, spec: &'static Spec) -> Result<Self> {
        let [longitude, latitude] = <[Value; 2]>::try_from(reply::list(value, spec)?)
            .map_err(|_| reply::unexpected(spec))?;
        Ok(Self {
            longitude: reply::float(longitude, spec)?,
            latitude: reply::float(latitude, spec)?,
        })
    }
}

/// A unit of length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Metres.
    Meters,
    /// Kilometres.
    Kilometers,
    /// Statute miles.
    Miles,
    /// Feet.
    Feet,
}

impl Unit {
    pub(super) const fn word(self) -> &'static [u8] {
        match self {
            Self::Meters => b"m",
            Self::Kilometers => b"km",
            Self::Miles => b"mi",
            Self::Feet => b"ft",
        }
    }
}

impl Args {
    /// Appends longitude and latitude.
    pub(super) fn coordinates(self, place: Coordinates) -> Result<Self, Problem> {
        let Coordinates {
            longitude,
            latitude,
        } = place;
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(Problem::Borrowed("the longitude is not within 180 degrees"));
        }
        if !(-HIGHEST..=HIGHEST).contains(&latitude) {
            return Err(Problem::Borrowed(
                "the latitude is not within 85.05112878 degrees",
            ));
        }
        Ok(self.float(longitude).float(latitude))
    }

    /// Appends a length, which cannot be negative.
    pub(super) fn length(self, length: f64) -> Result<Self, Problem> {
        if length.is_finite() && length >= 0.0 {
            Ok(self.float(length))
        } else {
            Err(Problem::Borrowed("a length is negative or not finite"))
        }
    }
}
