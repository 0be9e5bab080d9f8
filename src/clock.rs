//! Turns seconds since 1970 into the date strings that AWS reads.
//!
//! Time is an argument everywhere in this crate: nothing here reads a clock.

/// An instant in whole seconds, in the years 1 to 9999 that Python's `datetime` can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// `0001-01-01T00:00:00Z`.
    pub const MIN: Self = Self(-62_135_596_800);
    /// `9999-12-31T23:59:59Z`.
    pub const MAX: Self = Self(253_402_300_799);

    /// The instant `seconds` after 1970-01-01T00:00:00Z; `None` outside the years 1 to 9999.
    #[must_use]
    pub const fn new(seconds: i64) -> Option<Self> {
        if Self::MIN.0 <= seconds && seconds <= Self::MAX.0 {
            Some(Self(seconds))
        } else {
            None
        }
    }

    /// The whole second that `seconds` lies in; `None` outside the years 1 to 9999.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a float out of range is cut to one that is, and a second of these years is exact"
    )]
    pub fn at(seconds: f64) -> Option<Self> {
        // Cut towards zero, and one less where that was upwards.
        let cut = seconds as i64;
        Self::new(cut.saturating_sub(i64::from(cut as f64 > seconds)))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Appends the form of SigV4's `X-Amz-Date`: `20130524T000000Z`.
    ///
    /// Its first eight characters are the date of the credential scope.
    pub fn append_amz_date(self, out: &mut String) {
        let parts = self.parts();
        append_bare_year(out, parts.year);
        append_pair(out, parts.month);
        append_pair(out, parts.day);
        out.push('T');
        append_pair(out, parts.hour);
        append_pair(out, parts.minute);
        append_pair(out, parts.second);
        out.push('Z');
    }

    /// Appends ISO 8601 as policies and `iso8601` members have it: `2026-01-02T03:04:05Z`.
    pub fn append_iso8601(self, out: &mut String) {
        let parts = self.parts();
        append_bare_year(out, parts.year);
        out.push('-');
        append_pair(out, parts.month);
        out.push('-');
        append_pair(out, parts.day);
        out.push('T');
        append_time_of_day(out, &parts);
        out.push('Z');
    }

    /// Appends the form of HTTP and RFC 822: `Fri, 02 Jan 2026 03:04:05 GMT`.
    pub fn append_rfc822(self, out: &mut String) {
        let parts = self.parts();
        out.push_str(WEEKDAYS[parts.weekday]);
        out.push_str(", ");
        append_pair(out, parts.day);
        out.push(' ');
        out.push_str(MONTHS[parts.month as usize - 1]);
        out.push(' ');
        append_pair(out, parts.year / 100);
        append_pair(out, parts.year % 100);
        out.push(' ');
        append_time_of_day(out, &parts);
        out.push_str(" GMT");
    }

    /// The calendar's view of this instant, in UTC.
    ///
    /// Written here rather than taken from the `time` crate: it is one division chain, and no
    /// crate formats years below 1000 as C's `strftime` does.
    fn parts(self) -> DateParts {
        let since_year_1 = self.0.abs_diff(Self::MIN.0);
        let (days, seconds) = (since_year_1 / 86_400, since_year_1 % 86_400);
        // Years are counted from 1 March, so that the leap day is the last of its year; 306 days
        // lie between 1 March of the year 0 and 1 January of the year 1.
        let day = days + 306;
        let (era, day_of_era) = (day / 146_097, day % 146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        // Months from March: 153 days every five of them.
        let month_from_march = (5 * day_of_year + 2) / 153;
        let turned = u64::from(month_from_march >= 10);
        DateParts {
            year: narrow(era * 400 + year_of_era + turned),
            month: narrow(month_from_march + 3 - 12 * turned),
            day: narrow(day_of_year - (153 * month_from_march + 2) / 5 + 1),
            hour: narrow(seconds / 3_600),
            minute: narrow(seconds / 60 % 60),
            second: narrow(seconds % 60),
            // 1 January of the year 1 was a Monday.
            weekday: narrow(days % 7) as usize,
        }
    }
}

struct DateParts {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    weekday: usize,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a part of a date in the years 1 to 9999 is below 10,000"
)]
const fn narrow(part: u64) -> u32 {
    part as u32
}

/// The year as glibc's `strftime` writes it, which boto3 uses: not padded with zeros.
fn append_bare_year(out: &mut String, year: u32) {
    let digits = out.len();
    append_pair(out, year / 100);
    append_pair(out, year % 100);
    while year < 1000 && out[digits..].starts_with('0') {
        out.remove(digits);
    }
}

fn append_time_of_day(out: &mut String, parts: &DateParts) {
    append_pair(out, parts.hour);
    out.push(':');
    append_pair(out, parts.minute);
    out.push(':');
    append_pair(out, parts.second);
}

fn append_pair(out: &mut String, number: u32) {
    const PAIRS: &str = "00010203040506070809101112131415161718192021222324252627282930313233343536373839\
        4041424344454647484950515253545556575859606162636465666768697071727374757677787980818283848586\
        87888990919293949596979899";
    let at = number as usize * 2;
    out.push_str(&PAIRS[at..at + 2]);
}

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

#[cfg(test)]
mod tests {
    use super::*;

    type Append = fn(Timestamp, &mut String);

    fn strings(seconds: i64) -> [String; 3] {
        let timestamp = Timestamp::new(seconds).expect("a year that datetime can hold");
        let forms: [Append; 3] = [
            Timestamp::append_amz_date,
            Timestamp::append_iso8601,
            Timestamp::append_rfc822,
        ];
        forms.map(|append| {
            let mut out = String::new();
            append(timestamp, &mut out);
            out
        })
    }

    /// The expected strings are those of Python 3.11 with glibc: `strftime` and `formatdate`.
    #[test]
    fn instants_are_written_as_python_writes_them() {
        let cases = [
            (
                1_369_353_600,
                [
                    "20130524T000000Z",
                    "2013-05-24T00:00:00Z",
                    "Fri, 24 May 2013 00:00:00 GMT",
                ],
            ),
            (
                1_767_323_045,
                [
                    "20260102T030405Z",
                    "2026-01-02T03:04:05Z",
                    "Fri, 02 Jan 2026 03:04:05 GMT",
                ],
            ),
            (
                0,
                [
                    "19700101T000000Z",
                    "1970-01-01T00:00:00Z",
                    "Thu, 01 Jan 1970 00:00:00 GMT",
                ],
            ),
            (
                -1,
                [
                    "19691231T235959Z",
                    "1969-12-31T23:59:59Z",
                    "Wed, 31 Dec 1969 23:59:59 GMT",
                ],
            ),
            (
                951_782_400,
                [
                    "20000229T000000Z",
                    "2000-02-29T00:00:00Z",
                    "Tue, 29 Feb 2000 00:00:00 GMT",
                ],
            ),
            (
                4_107_542_400,
                [
                    "21000301T000000Z",
                    "2100-03-01T00:00:00Z",
                    "Mon, 01 Mar 2100 00:00:00 GMT",
                ],
            ),
            (
                -30_641_760_000,
                [
                    "9990101T000000Z",
                    "999-01-01T00:00:00Z",
                    "Tue, 01 Jan 0999 00:00:00 GMT",
                ],
            ),
            (
                -62_135_596_800,
                ["10101T000000Z", "1-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT"],
            ),
            (
                253_402_300_799,
                [
                    "99991231T235959Z",
                    "9999-12-31T23:59:59Z",
                    "Fri, 31 Dec 9999 23:59:59 GMT",
                ],
            ),
        ];
        for (seconds, expected) in cases {
            assert_eq!(strings(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn instants_that_datetime_cannot_hold_are_refused() {
        assert_eq!(Timestamp::new(-62_135_596_801), None);
        assert_eq!(Timestamp::new(253_402_300_800), None);
        assert_eq!(Timestamp::new(i64::MIN), None);
    }
}
