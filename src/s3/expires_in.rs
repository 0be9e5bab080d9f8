//! Turns `ExpiresIn`, as a number of seconds, into an expiry.

use super::form::HasPolicy;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::{Input, Kind};

/// The lifetime in seconds if the caller gives none, as in boto3.
pub const DEFAULT_SECONDS: i64 = 3600;

/// A lifetime that is a plain whole number of ordinary size, or was not given.
#[must_use]
pub fn plain_seconds(lifetime: Option<&impl Input>) -> Option<i64> {
    lifetime.map_or(Some(DEFAULT_SECONDS), Input::small_integer)
}

/// A lifetime of the caller's, which may be an object of any class.
pub trait Lifetime: Input {
    /// The seconds of one that is neither a plain whole number nor a string; `None` if it has none.
    ///
    /// # Errors
    /// Whatever the object raises.
    fn seconds(&self) -> Result<Option<f64>, Error>;

    /// The same for a policy.
    ///
    /// # Errors
    /// Whatever the object raises.
    fn policy_seconds(&self) -> Result<Option<f64>, Error>;

    /// The error for a number that leads to no date.
    fn out_of_range(&self) -> Option<Error>;
}

/// The seconds of a lifetime; `other` reads all but strings.
fn seconds_of<L: Lifetime>(lifetime: &L, other: impl FnOnce(&L) -> Result<Option<f64>, Error>) -> Result<f64, Error> {
    let seconds = match lifetime.native_kind() {
        Kind::String => lifetime.plain_string().and_then(parse_seconds),
        _ => other(lifetime)?,
    };
    seconds.ok_or_else(|| refusal(lifetime))
}

/// A lifetime in whole seconds, for SigV4.
///
/// It takes whole numbers, floats without a fraction, numeric strings and `timedelta`s.
///
/// # Errors
/// Why it is refused.
pub fn whole_lifetime<L: Lifetime>(lifetime: Option<&L>) -> Result<i64, Error> {
    match (plain_seconds(lifetime), lifetime) {
        (None, Some(lifetime)) if is_plain_integer(lifetime) => Err(beyond_all(lifetime)),
        (None, Some(lifetime)) => {
            let seconds = seconds_of(lifetime, L::seconds)?;
            whole_seconds(seconds).ok_or_else(|| refusal(lifetime))
        }
        (whole, _) => Ok(whole.unwrap_or(DEFAULT_SECONDS)),
    }
}

fn is_plain_integer(lifetime: &impl Input) -> bool {
    lifetime.native_kind() == Kind::Int && lifetime.type_name() == "<class 'int'>"
}

/// The second that a clock's answer lies in.
///
/// # Errors
/// [`Error::Overflow`] if no date has it.
pub fn second_of(now: f64) -> Result<Timestamp, Error> {
    Timestamp::at(now).ok_or_else(|| Error::Overflow(NO_DATE.to_owned()))
}

/// When a policy ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyEnd {
    /// In this second, which lies after now.
    At(Timestamp),
    /// It has already expired.
    Past,
    /// No date can hold the end.
    NoDate,
}

impl PolicyEnd {
    /// The end of a policy that lives for so many seconds from `now` on.
    ///
    /// A form without a policy does not end, but boto3 works its date out.
    #[must_use]
    pub fn after(now: f64, seconds: f64, HasPolicy(has_policy): HasPolicy) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "these seconds are exact")]
        let (first, last) = (Timestamp::MIN.seconds() as f64, Timestamp::MAX.seconds() as f64 + 1.0);
        let is_before_dates = !has_policy && now + seconds < first;
        if seconds.is_nan() || is_before_dates || now + seconds >= last {
            return Self::NoDate;
        }
        // A timedelta is a whole number of microseconds.
        let micros = (seconds * 1e6).round_ties_even();
        let end = (((now * 1e6).floor() + micros) / 1e6).floor();
        if has_policy && end <= now {
            return Self::Past;
        }
        Timestamp::at(end).map_or(Self::NoDate, Self::At)
    }
}

/// What Python says of a date that it cannot hold.
pub const NO_DATE: &str = "date value out of range";

/// The end of a policy with this lifetime, which must lie after now.
///
/// # Errors
/// Why it is refused.
pub fn policy_end<L: Lifetime>(lifetime: Option<&L>, now: f64, has_policy: HasPolicy) -> Result<Timestamp, Error> {
    #[expect(clippy::cast_precision_loss, reason = "so many seconds end after all dates")]
    let seconds = match (plain_seconds(lifetime), lifetime) {
        (None, Some(lifetime)) => seconds_of(lifetime, L::policy_seconds)?,
        (whole, _) => whole.unwrap_or(DEFAULT_SECONDS) as f64,
    };
    match PolicyEnd::after(now, seconds, has_policy) {
        PolicyEnd::At(end) => Ok(end),
        PolicyEnd::Past => Err(Error::ParamValidation(format!(
            "Invalid value for parameter ExpiresIn, value: {}, a POST policy must end in the \
             future: give a positive number of seconds",
            lifetime.map_or(Ok(String::new()), Input::shown)?
        ))),
        PolicyEnd::NoDate => Err(match lifetime {
            Some(lifetime) => lifetime.out_of_range().unwrap_or_else(|| beyond_all(lifetime)),
            None => Error::Overflow(NO_DATE.to_owned()),
        }),
    }
}

/// Why a lifetime is refused that no URL can have.
#[must_use]
pub fn beyond_all(lifetime: &dyn Input) -> Error {
    let shown = lifetime.shown().unwrap_or_default();
    Error::ParamValidation(format!(
        "Invalid value for parameter ExpiresIn, value: {shown}, too many seconds for any URL"
    ))
}

/// Why a lifetime is refused that is not a number of seconds.
#[must_use]
pub fn refusal(lifetime: &dyn Input) -> Error {
    let shown = lifetime.shown().unwrap_or_default();
    Error::ParamValidation(format!(
        "Invalid type for parameter ExpiresIn, value: {shown}, type: {}, valid types: a whole \
         number of seconds as <class 'int'>, a numeric <class 'str'> or <class 'datetime.timedelta'>",
        lifetime.type_name()
    ))
}

/// The number that a string of digits stands for, with a sign or a fraction or without.
#[must_use]
pub fn parse_seconds(string: &str) -> Option<f64> {
    let string = string.trim();
    let plain = string.strip_prefix(['+', '-']).unwrap_or(string);
    let is_decimal =
        plain.starts_with(|c: char| c.is_ascii_digit()) && plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    if is_decimal { string.parse().ok() } else { None }
}

/// So many seconds as a whole number, if they are one. One out of range becomes the nearest.
#[must_use]
pub fn whole_seconds(seconds: f64) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float out of range is cut to one that is"
    )]
    let whole = seconds as i64;
    (seconds.is_finite() && seconds.fract() == 0.0).then_some(whole)
}

/// The sum of an instant and a lifetime as Python's `int(now + seconds)` works it out, if `i64` holds
/// it.
#[must_use]
pub fn sum_of(now: f64, seconds: i64) -> Option<i64> {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "Python adds floats too, and what is out of range is refused"
    )]
    let (sum, whole) = {
        let sum = now + seconds as f64;
        (sum, sum as i64)
    };
    // From 2**63 on the cast would give the nearest number.
    (sum.abs() < 9_223_372_036_854_775_808.0).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected numbers are Python's.
    #[test]
    fn an_expiry_is_the_sum_of_two_floats_cut_to_a_whole_number() {
        for (now, seconds, expected) in [
            (1_767_323_045.9, 60, Some(1_767_323_105)),
            (-1.5, 1, Some(0)),
            (-61.5, 60, Some(-1)),
            (0.5, 9_007_199_254_740_993, Some(9_007_199_254_740_992)),
            (0.0, i64::MAX, None),
            (0.0, i64::MIN, None),
            (f64::NAN, 60, None),
            (f64::INFINITY, 60, None),
        ] {
            assert_eq!(sum_of(now, seconds), expected, "{now} {seconds}");
        }
    }

    #[test]
    fn a_policy_ends_in_the_second_that_python_says() {
        let signed = |now, seconds| PolicyEnd::after(now, seconds, HasPolicy(true));
        let at = |seconds| PolicyEnd::At(Timestamp::new(seconds).expect("a date"));
        assert_eq!(signed(0.5, 60.0), at(60));
        assert_eq!(signed(0.5, 60.5), at(61));
        assert_eq!(signed(0.5, 0.4), PolicyEnd::Past);
        assert_eq!(signed(1e9, -1e18), PolicyEnd::Past);
        assert_eq!(signed(0.0, 253_402_300_799.0), at(253_402_300_799));
        assert_eq!(signed(0.0, 253_402_300_800.0), PolicyEnd::NoDate);
        assert_eq!(signed(0.0, f64::NAN), PolicyEnd::NoDate);
        let unsigned = |seconds| PolicyEnd::after(0.0, seconds, HasPolicy(false));
        assert_eq!(unsigned(-60.0), at(-60));
        assert_eq!(unsigned(-1e18), PolicyEnd::NoDate);
    }

    #[test]
    fn numbers_are_read_from_digits_only() {
        for (string, expected) in [
            (" 60 ", Some(60.0)),
            ("+1.5", Some(1.5)),
            ("-1", Some(-1.0)),
            ("1e3", None),
            ("6_0", None),
            ("٣", None),
            ("", None),
            ("1.2.3", None),
        ] {
            assert_eq!(parse_seconds(string), expected, "{string:?}");
        }
        assert_eq!(whole_seconds(60.0), Some(60));
        assert_eq!(whole_seconds(0.5), None);
        assert_eq!(whole_seconds(f64::INFINITY), None);
    }
}
