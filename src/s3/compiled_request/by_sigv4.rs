//! Compiled requests that S3's Signature Version 4 signs.

use std::ops::Range;
use std::sync::Arc;

use smallvec::SmallVec;
use zeroize::Zeroizing;

use super::column::{Column, SentValue};
use super::gapped_string::GappedString;
use super::stand_in::StandIn;
use crate::hash;
use crate::s3::pipeline::endpoint::Endpoint;
use crate::scratch;
use crate::sigv4::{Draft, ScopedKey};

/// Room for short values, and for the signature.
const ROOM: usize = 400;

/// Room for most values that stand behind a session token, which are those of headers.
const ROOM_BEHIND_TOKEN: usize = 4096;

/// Which columns have their values where in a canonical request.
pub(in crate::s3) type Places = SmallVec<[(usize, Range<usize>); 8]>;

/// What such requests have in common that differ in the values of their columns, in their
/// credentials and in their second.
pub(in crate::s3) struct SigV4Request {
    /// Where they go, which decides the scope of their signature.
    pub(in crate::s3) endpoint: Arc<Endpoint>,
    /// The URL up to its signature. Its gaps are the columns, then the opening of the signature's
    /// parameters, then the parameter of the session token.
    url: GappedString,
    canonical_request: GappedString,
    /// How many columns there are.
    columns: usize,
}

impl SigV4Request {
    /// Cuts a draft that `key` has made with a stand-in for each column; `None` if one is not where
    /// it should be.
    pub(super) fn new(
        draft: &Draft,
        endpoint: Arc<Endpoint>,
        key: &ScopedKey,
        stand_ins: &[StandIn],
        columns: impl Iterator<Item = Column>,
    ) -> Option<Self> {
        let of_key = KeyStrings::of(key);
        let of_key = of_key.each();
        let marks = || stand_ins.iter().map(StandIn::mark);
        let in_url = marks()
            .zip(columns.map(Column::is_in_url))
            .chain(of_key.map(|string| (string, true)));
        let everywhere = marks().chain(of_key).map(|mark| (mark, true));
        Some(Self {
            endpoint,
            url: GappedString::new(&draft.url, in_url)?,
            canonical_request: GappedString::new(&draft.canonical_request, everywhere)?,
            columns: stand_ins.len(),
        })
    }

    /// This request with the key that signs it, and with those columns filled in that have a
    /// constant: an encoded value, by the number of the column.
    pub(in crate::s3) fn ready(&self, key: Arc<ScopedKey>, constants: &[Option<Box<str>>]) -> ReadyRequest {
        let of_key = KeyStrings::of(&key);
        let string = |number: usize| match number.checked_sub(self.columns) {
            Some(at) => of_key.each().get(at).copied(),
            None => constants.get(number)?.as_deref(),
        };
        let canonical_request = self.canonical_request.filled(string);
        ReadyRequest {
            url: self.url.filled(string),
            copies_token: !canonical_request.end().contains(of_key.token.as_str()),
            canonical_request,
            key,
        }
    }
}

/// A compiled request of one key and second: it lacks the values of its columns only.
pub struct ReadyRequest {
    pub(in crate::s3) key: Arc<ScopedKey>,
    /// The URL up to its signature.
    pub(in crate::s3) url: GappedString,
    pub(in crate::s3) canonical_request: GappedString,
    /// Whether the session token is in front of a gap of the canonical request: then it is copied for
    /// each URL.
    copies_token: bool,
}

impl ReadyRequest {
    /// Writes the canonical request into `room`, up to a whole block, and into `places` where in it
    /// the values are; both are empty. The rest of it, which is the same for all calls, is returned;
    /// `None` if a value is not plain.
    pub(in crate::s3) fn write_canonical_request(
        &self,
        columns: &[(usize, Column)],
        room: &mut String,
        places: &mut Places,
        values: &[impl SentValue],
    ) -> Option<&str> {
        // Memory that had to be left for more would keep the token.
        let more = if self.copies_token { ROOM_BEHIND_TOKEN } else { ROOM };
        room.reserve(self.canonical_request.length() + more);
        let end = self.canonical_request.append_but_rest(room, |column, out| {
            let (at, how) = columns[column];
            let start = out.len();
            let is_plain = values[at].append_to(how, out);
            places.push((column, start..out.len()));
            is_plain
        })?;
        let fitting = hash::up_to_block(room.len());
        let (more, rest) = end.split_at_checked(fitting).unwrap_or((end, ""));
        room.push_str(more);
        Some(rest)
    }

    /// Wipes what [`write_canonical_request`](Self::write_canonical_request) wrote, if the token is in it.
    #[inline]
    pub(in crate::s3) fn wipe(&self, room: &mut String) {
        if self.copies_token {
            scratch::wipe(room);
        }
    }

    /// Appends the presigned URL of the canonical request that is `start` and `rest`.
    pub(in crate::s3) fn append_signed(&self, url: &mut String, start: &str, rest: &str, places: &Places) {
        let digest = hash::sha256_of_two(start.as_bytes(), rest.as_bytes());
        url.reserve(self.url.length() + ROOM);
        self.url.append_by(url, |column, out| {
            let mut places = places.iter();
            let place = places.find(|(number, _)| *number == column);
            let value = place.and_then(|(_, range)| start.get(range.clone()));
            out.push_str(value.unwrap_or_default());
            true
        });
        hash::append_hex(url, &self.key.sign_digest(&digest));
    }
}

/// What a key brings into a URL and into the canonical request.
struct KeyStrings {
    opening: String,
    token: Zeroizing<String>,
}

impl KeyStrings {
    fn of(key: &ScopedKey) -> Self {
        Self {
            opening: key.opening_of_parameters().to_owned(),
            token: key.parameter_of_token(),
        }
    }

    fn each(&self) -> [&str; 2] {
        [&self.opening, &self.token]
    }
}
