//! How the plain values of one member are written, wherever they vary.

use crate::clock::Timestamp;
use crate::encode;
use crate::model::{Kind, Member, Param, Place, Shape, TimestampFormat};
use crate::s3::pipeline::{is_ordinary_bucket, is_special};
use crate::scratch::Scratch;
use crate::sigv4::is_plain_header;
use crate::surrogate;

/// A value of a call.
pub(in crate::s3) trait SentValue {
    /// Appends it as the column sends it; `false` if the column does not take it.
    fn append_to(&self, column: Column, out: &mut String) -> bool;
}

/// How the values of one member are written, where each row has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Where they are; `None` for the bucket, which the endpoint puts into the host or the path.
    place: Option<Place>,
    /// The least number of characters, or the least whole number.
    least: i64,
    kind: ValueKind,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Strings.
    Strings,
    /// Whole numbers.
    Numbers,
    /// Instants, which are written as HTTP has them.
    HttpDates,
    /// Instants in ISO 8601.
    IsoDates,
}

impl Column {
    /// The column of ordinary buckets.
    pub(in crate::s3) const BUCKET: Self = Self {
        place: None,
        least: 1,
        kind: ValueKind::Strings,
    };

    /// The column of a value of a map that becomes a header.
    pub(in crate::s3) const OF_MAP: Self = Self {
        place: Some(Place::Header),
        least: 1,
        kind: ValueKind::Strings,
    };

    /// The column of a member; `None` if a value of it can change more of the request than its own
    /// place.
    #[must_use]
    pub fn of(member: &Member) -> Option<Self> {
        if is_special(member)
            || member.is_host_label
            || !matches!(member.place, Place::Path | Place::Query | Place::Header)
        {
            return None;
        }
        let (kind, least) = match *member.shape {
            // Counting characters would cost more than distinguishing an empty string from another.
            Shape::String { min } if min.is_none_or(|min| min <= 1) => {
                let is_in_path = member.place == Place::Path;
                (ValueKind::Strings, i64::from(is_in_path || min == Some(1)))
            }
            Shape::Integer { min } => (ValueKind::Numbers, min.unwrap_or(i64::MIN)),
            Shape::Timestamp(TimestampFormat::Rfc822) => (ValueKind::HttpDates, i64::MIN),
            Shape::Timestamp(TimestampFormat::Iso8601) => (ValueKind::IsoDates, i64::MIN),

            _ => return None,
        };
        Some(Self {
            place: Some(member.place),
            least,
            kind,
        })
    }

    /// What its values are.
    #[inline]
    #[must_use]
    pub fn kind(self) -> ValueKind {
        self.kind
    }

    /// Whether a parameter is what its values are.
    pub(in crate::s3) fn is_for(self, param: &Param<'_>) -> bool {
        match self.kind {
            ValueKind::Strings => param.kind == Kind::String,
            ValueKind::Numbers => param.kind == Kind::Int,
            ValueKind::HttpDates | ValueKind::IsoDates => param.value.plain_instant().is_some(),
        }
    }

    /// Whether its values are in the path: they are object keys, which differ in most requests.
    #[must_use]
    pub fn is_in_path(self) -> bool {
        self.place == Some(Place::Path)
    }

    /// Whether its values are in the query.
    pub(super) fn is_in_query(self) -> bool {
        self.place == Some(Place::Query)
    }

    /// Whether its values are in a header.
    pub(in crate::s3) fn is_in_header(self) -> bool {
        self.place == Some(Place::Header)
    }

    /// Whether its values are in the URL that SigV4 signs, and not only in what is signed.
    pub(super) fn is_in_url(self) -> bool {
        self.place != Some(Place::Header)
    }

    /// Whether the string to sign has this value as it is sent, or decoded. A value that seems to carry a
    /// lone surrogate takes the slow path.
    pub(in crate::s3) fn is_signed_plainly(self, sent: &str) -> bool {
        !self.is_in_query() || !surrogate::is_marked(&encode::decode(sent))
    }

    /// Appends a string as it is sent; `false`, with nothing appended, if it is not plain.
    #[inline]
    pub fn append_string(self, out: &mut String, string: &str) -> bool {
        if !matches!(self.kind, ValueKind::Strings) || (string.is_empty() && self.least > 0) {
            return false;
        }
        match self.place {
            Some(Place::Path) => encode::append_path(out, string),
            Some(Place::Query) => encode::append_label(out, string),
            Some(_) if is_plain_header(string) => out.push_str(string),
            None if is_ordinary_bucket(string) => out.push_str(string),
            _ => return false,
        }
        true
    }

    /// As [`append_string`](Self::append_string), for a whole number.
    pub fn append_number(self, out: &mut String, number: i64) -> bool {
        if !matches!(self.kind, ValueKind::Numbers) || number < self.least {
            return false;
        }
        encode::append_integer(out, number);
        true
    }

    /// As [`append_string`](Self::append_string), for an instant.
    pub fn append_instant(self, out: &mut String, instant: Timestamp) -> bool {
        let append = match self.kind {
            ValueKind::HttpDates => Timestamp::append_rfc822,
            ValueKind::IsoDates => Timestamp::append_iso8601,
            _ => return false,
        };
        if self.is_in_header() {
            append(instant, out);
        } else {
            let mut written = Scratch::new();
            append(instant, &mut written);
            encode::append_label(out, &written);
        }
        true
    }
}
