//! Compiled requests that Signature Version 2 signs.
//!
//! One value may be written in two ways: of a query, the string to sign has the decoded value, and
//! of a header, the URL has the encoded value.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use smallvec::SmallVec;
use zeroize::Zeroizing;

use super::column::{Column, SentValue};
use super::gapped_string::GappedString;
use super::stand_in::{self, StandIn};
use crate::encode;
use crate::hash::{self, HmacSha1};
use crate::model::Member;
use crate::sigv2::{self, Expires, HashedKey, SigV2Draft};
use crate::surrogate;

/// What such requests have in common that differ in the values of their columns, in their
/// credentials and in their expiry.
///
/// The gaps of all three parts are the columns, then the strings of the key and of the expiry.
pub(in crate::s3) struct SigV2Request {
    /// The URL up to its signature.
    before: GappedString,
    /// The URL behind its signature.
    after: GappedString,
    string_to_sign: GappedString,
    columns: Box<[Column]>,
}

/// Such a request of one key and one expiry.
pub(in crate::s3) struct ReadySigV2Request {
    key: Arc<HashedKey>,
    expires: Expires,
    before: GappedString,
    after: GappedString,
    string_to_sign: GappedString,
    /// The signature's state behind the start of the string to sign, up to the first value.
    begun: HmacSha1,
}

/// Where the values of some columns are, by the number of the column.
pub(in crate::s3) type SigV2Places = SmallVec<[(usize, ValuePlace); 8]>;

/// Where a value is, as the parameters of a call send it, and as the string to sign has it.
pub(in crate::s3) struct ValuePlace {
    sent: Range<usize>,
    signed: Range<usize>,
}

/// Room for short values, and for the signature.
const ROOM: usize = 400;

impl SigV2Request {
    /// Cuts a draft that `key` has made with a stand-in for each column, and for the expiry; `None`
    /// if one is not where it should be.
    pub(super) fn new<'c>(
        draft: &SigV2Draft,
        key: &HashedKey,
        stand_ins: &[StandIn],
        columns: impl Iterator<Item = (&'c Member, Column)> + Clone,
    ) -> Option<Self> {
        let of_key = OtherStrings::of(key, stand_in::EXPIRES.to_owned());
        let cut = |string: &str, has: Has, write: Write, others: [bool; 4]| {
            let mut marks = Vec::with_capacity(stand_ins.len());
            for (stand_in, (member, column)) in stand_ins.iter().zip(columns.clone()) {
                let is_here = has(member, column);
                if !is_here && stand_in.is_in(string) {
                    return None;
                }
                marks.push((write(column, stand_in.mark()), is_here));
            }
            let marks = marks.iter().map(|(mark, is_here)| (&**mark, *is_here));
            let others = of_key.each().into_iter().zip(others);
            GappedString::new(string, marks.chain(others))
        };
        Some(Self {
            before: cut(
                &draft.before,
                |_, column| column.is_in_url(),
                as_sent,
                [true, false, false, false],
            )?,
            after: cut(
                &draft.after,
                |member, column| column.is_in_header() && sigv2::signs_header(member.wire_name),
                encoded,
                [false, true, false, true],
            )?,
            string_to_sign: cut(&draft.string_to_sign, is_signed, signed, [false, false, true, true])?,
            columns: columns.map(|(_, column)| column).collect(),
        })
    }

    /// As [`CompiledRequest::ready`](super::CompiledRequest::ready).
    pub(super) fn ready(
        &self,
        key: Arc<HashedKey>,
        expires: Expires,
        constants: &[Option<Box<str>>],
    ) -> ReadySigV2Request {
        let others = OtherStrings::of(&key, expires.to_string());
        let fill = |part: &GappedString, write: Write| {
            let constants: Vec<Option<Cow<'_, str>>> = constants
                .iter()
                .zip(&self.columns)
                .map(|(constant, &column)| Some(write(column, constant.as_deref()?)))
                .collect();
            part.filled(|number| match number.checked_sub(self.columns.len()) {
                Some(at) => others.each().get(at).copied(),
                None => constants.get(number)?.as_deref(),
            })
        };
        let string_to_sign = fill(&self.string_to_sign, signed);
        ReadySigV2Request {
            begun: key.begin(string_to_sign.start().as_bytes()),
            string_to_sign,
            before: fill(&self.before, as_sent),
            after: fill(&self.after, encoded),
            key,
            expires,
        }
    }
}

impl ReadySigV2Request {
    pub(in crate::s3) fn key(&self) -> &Arc<HashedKey> {
        &self.key
    }

    pub(in crate::s3) fn expires(&self) -> &Expires {
        &self.expires
    }

    /// Writes the values of those columns into `room` that have no constant, and where they are into
    /// `places`; both are empty. `false` if a value is not plain.
    pub(in crate::s3) fn write_values(
        columns: &[(usize, Column)],
        constants: &[Option<Box<str>>],
        room: &mut String,
        places: &mut SigV2Places,
        values: &[impl SentValue],
    ) -> bool {
        for (number, &(at, column)) in columns.iter().enumerate() {
            if constants.get(number).is_some_and(Option::is_some) {
                continue;
            }
            let start = room.len();
            if !values[at].append_to(column, room) {
                return false;
            }
            let sent = start..room.len();
            let mut place = ValuePlace {
                signed: sent.clone(),
                sent,
            };
            let decoded = if column.is_in_query() {
                encode::decoded_bytes(&room[start..])
            } else {
                None
            };
            if let Some(decoded) = decoded {
                let start = room.len();
                match str::from_utf8(&decoded) {
                    Ok(decoded) if !surrogate::is_marked(decoded) => room.push_str(decoded),
                    // These take the slow path.
                    _ => return false,
                }
                place.signed = start..room.len();
            }
            places.push((number, place));
        }
        true
    }

    /// Appends the presigned URL with these values, which are in `room`.
    ///
    /// The string to sign is hashed piece by piece, and written nowhere: the session token is in it.
    pub(in crate::s3) fn append_signed(&self, url: &mut String, room: &str, places: &SigV2Places) {
        let place = |column| {
            let mut places = places.iter().filter(|(number, _)| *number == column);
            places.next().map(|(_, place)| place)
        };
        let mut signature = self.begun.clone();
        self.string_to_sign.each_gap(|column, behind| {
            let value = place(column).and_then(|place| room.get(place.signed.clone()));
            signature.update(value.unwrap_or_default().as_bytes());
            signature.update(behind.as_bytes());
        });
        let signature = hash::base64_of_sha1(&signature.finish(&[]));

        let sent = |column| place(column).and_then(|place| room.get(place.sent.clone()));
        url.reserve(self.before.length() + self.after.length() + ROOM);
        self.before.append_by(url, |column, out| {
            out.push_str(sent(column).unwrap_or_default());
            true
        });
        sigv2::append_signature(url, &signature);
        self.after.append_by(url, |column, out| {
            encode::append_label(out, sent(column).unwrap_or_default());
            true
        });
    }
}

/// Whether a part of the request has the values of a column.
type Has = fn(&Member, Column) -> bool;

/// How a part of the request has a value that is sent like this.
type Write = fn(Column, &str) -> Cow<'_, str>;

fn as_sent(_: Column, sent: &str) -> Cow<'_, str> {
    Cow::Borrowed(sent)
}

fn encoded(_: Column, sent: &str) -> Cow<'_, str> {
    encode::label(sent)
}

/// A value as the string to sign has it, from how it is sent.
fn signed(column: Column, sent: &str) -> Cow<'_, str> {
    if column.is_in_query() {
        encode::decode(sent)
    } else {
        Cow::Borrowed(sent)
    }
}

/// Whether the string to sign has the values of a column.
fn is_signed(member: &Member, column: Column) -> bool {
    column.is_in_path()
        || column == Column::BUCKET
        || (column.is_in_query() && sigv2::signs_query(member.wire_name))
        || (column.is_in_header() && sigv2::signs_header(member.wire_name))
}

/// What a key and an expiry bring into a URL and into the string to sign.
struct OtherStrings {
    access_key: String,
    parameter_of_token: Zeroizing<String>,
    line_of_token: Zeroizing<String>,
    expires: String,
}

impl OtherStrings {
    fn of(key: &HashedKey, expires: String) -> Self {
        Self {
            access_key: key.encoded_access_key(),
            parameter_of_token: key.parameter_of_token(),
            line_of_token: key.line_of_token(),
            expires,
        }
    }

    fn each(&self) -> [&str; 4] {
        [
            &self.access_key,
            &self.parameter_of_token,
            &self.line_of_token,
            &self.expires,
        ]
    }
}
