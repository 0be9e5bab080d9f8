//! Turns one request of a batch into a plan for all that differ from it in plain values only.
//!
//! The whole pipeline runs once with a stand-in for each such value, and its output is cut where
//! the stand-ins are. So a plan cannot write anything otherwise than a single call would.

use std::sync::Arc;

use super::stand_in::StandIn;
use crate::encode::{self, Decimal};
use crate::error::Error;
use crate::model::{Kind, Member, Operation, Param, Place, Shape};
use crate::s3::special::is_special;
use crate::s3::{Call, Presigner};
use crate::sigv4::{self, Convention, Draft, ScopedKey, TokenParameter, is_plain_header};

/// How the values of one member are written, where each row has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    place: Place,
    /// The least number of characters, or the least whole number.
    least: i64,
    kind: Kind,
}

impl Column {
    /// The column of a member whose plain values are written one like the other; `None` where a
    /// value bears on more than its own place.
    #[must_use]
    pub fn of(member: &Member) -> Option<Self> {
        if is_special(member)
            || member.is_host_label
            || !matches!(member.place, Place::Path | Place::Query | Place::Header)
        {
            return None;
        }
        let (kind, least) = match *member.shape {
            // Counting characters would cost more than telling an empty text from another.
            Shape::Text { min } if min.is_none_or(|min| min <= 1) => {
                let is_in_path = member.place == Place::Path;
                (Kind::Text, i64::from(is_in_path || min == Some(1)))
            }
            Shape::Integer { min } => (Kind::Int, min.unwrap_or(i64::MIN)),
            _ => return None,
        };
        Some(Self {
            place: member.place,
            least,
            kind,
        })
    }

    /// Whether its values are whole numbers, not texts.
    #[must_use]
    pub fn is_numeric(self) -> bool {
        self.kind == Kind::Int
    }

    /// Appends a text as it is sent; `false`, with nothing appended, if that takes a closer look.
    pub(super) fn append_text(self, out: &mut String, text: &str) -> bool {
        if self.kind != Kind::Text || (text.is_empty() && self.least > 0) {
            return false;
        }
        match self.place {
            Place::Path => encode::append_path(out, text),
            Place::Query => encode::append_label(out, text),
            _ if is_plain_header(text) => out.push_str(text),
            _ => return false,
        }
        true
    }

    /// As [`append_text`](Self::append_text), for a whole number.
    pub(super) fn append_number(self, out: &mut String, number: i64) -> bool {
        if self.kind != Kind::Int || number < self.least {
            return false;
        }
        if number < 0 {
            out.push('-');
        }
        out.push_str(Decimal::new(number.unsigned_abs()).as_str());
        true
    }
}

/// What rows of one plan have in common: all but the values of their columns.
pub struct Plan {
    pub(super) key: Arc<ScopedKey>,
    /// The URL up to its signature.
    pub(super) url: Cut,
    pub(super) canonical_request: Cut,
}

/// A parameter of a plan.
pub enum Planned<'a> {
    /// The same in all rows.
    Constant(Param<'a>),
    /// Another in each row.
    Column(&'static Member, Column),
}

impl Plan {
    /// The plan of these parameters; columns are numbered as they come.
    ///
    /// `None` if such rows must be presigned one by one: what signs them is not S3's SigV4, or
    /// they are not good to sign at all.
    #[must_use]
    pub fn new(
        presigner: &Presigner,
        operation: &'static Operation,
        planned: &[Planned<'_>],
        call: &dyn Call,
    ) -> Option<Self> {
        let is_given = |member: &Member| {
            planned.iter().any(|one| match one {
                Planned::Constant(param) => param.is(member.name),
                Planned::Column(other, _) => other.name == member.name,
            })
        };
        // Each row would draw a token of its own.
        if operation
            .idempotency_token
            .is_some_and(|token| !is_given(token))
        {
            return None;
        }
        let columns = planned.iter().filter_map(|one| match one {
            Planned::Constant(_) => None,
            Planned::Column(_, column) => Some(column),
        });
        let stand_ins: Vec<StandIn> = columns
            .clone()
            .enumerate()
            .map(|(at, column)| StandIn::new(at, column.kind))
            .collect();
        let mut stands = stand_ins.iter();
        let params: Option<Vec<Param<'_>>> = planned
            .iter()
            .map(|one| match one {
                Planned::Constant(param) => Some(param.clone()),
                Planned::Column(member, _) => Some(Param::known(member, stands.next()?)),
            })
            .collect();

        let mut drafted = None;
        presigner
            .append_url_by(
                &mut String::new(),
                operation,
                &params?,
                call,
                |_, convention, request, key| {
                    if convention == Convention::S3 {
                        let token = TokenParameter::SecurityToken;
                        let draft = sigv4::draft(convention, request, key, token)?;
                        drafted = Some((draft, Arc::clone(key)));
                    }
                    Ok::<_, Error>(())
                },
            )
            .ok()?;
        let (draft, key) = drafted?;
        let Draft {
            url,
            canonical_request,
        } = draft;
        let in_url = columns.map(|column| column.place != Place::Header);
        let everywhere = std::iter::repeat(true);
        Some(Self {
            key,
            url: Cut::new(&url, stand_ins.iter().zip(in_url))?,
            canonical_request: Cut::new(&canonical_request, stand_ins.iter().zip(everywhere))?,
        })
    }
}

/// A text without the values of the columns, and where they belong.
pub(super) struct Cut {
    text: String,
    /// Where in the text, and the values of which column, from the left to the right.
    gaps: Vec<(usize, usize)>,
}

impl Cut {
    /// Cuts a text where each stand-in is that shall be there, once; `None` if one is not.
    pub(super) fn new<'a>(
        text: &str,
        stand_ins: impl Iterator<Item = (&'a StandIn, bool)>,
    ) -> Option<Self> {
        let mut found = Vec::new();
        for (column, (stand_in, is_here)) in stand_ins.enumerate() {
            let mut places = text.match_indices(stand_in.mark());
            match (places.next(), places.next()) {
                (Some((start, mark)), None) if is_here => found.push((start, mark.len(), column)),
                (None, _) if !is_here => {}
                _ => return None,
            }
        }
        found.sort_unstable();
        let mut cut = Self {
            text: String::with_capacity(text.len()),
            gaps: Vec::with_capacity(found.len()),
        };
        let mut copied = 0;
        for (start, length, column) in found {
            cut.text.push_str(text.get(copied..start)?);
            cut.gaps.push((cut.text.len(), column));
            copied = start + length;
        }
        cut.text.push_str(text.get(copied..)?);
        Some(cut)
    }

    /// Appends the text with these values in their places.
    pub(super) fn append<'v>(&self, out: &mut Vec<u8>, value: impl Fn(usize) -> &'v [u8]) {
        self.append_start(out, usize::MAX, value);
    }

    /// Appends the text with these values, but as little of what is behind them as `limit` bytes
    /// in all allow.
    pub(super) fn append_start<'v>(
        &self,
        out: &mut Vec<u8>,
        limit: usize,
        value: impl Fn(usize) -> &'v [u8],
    ) {
        let limit = out.len().saturating_add(limit);
        let text = self.text.as_bytes();
        let mut copied = 0;
        for &(gap, column) in &self.gaps {
            out.extend_from_slice(&text[copied..gap]);
            out.extend_from_slice(value(column));
            copied = gap;
        }
        let rest = &text[copied..];
        let fitting = limit.saturating_sub(out.len()).min(rest.len());
        out.extend_from_slice(&rest[..fitting]);
    }

    /// Where values belong in the text, and of which column, from the left to the right.
    pub(super) fn gaps(&self) -> &[(usize, usize)] {
        &self.gaps
    }

    /// The length without any values.
    pub(super) fn length(&self) -> usize {
        self.text.len()
    }

    /// The length of what is behind the last value.
    pub(super) fn end_length(&self) -> usize {
        self.text.len() - self.gaps.last().map_or(0, |&(gap, _)| gap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_its_stand_ins_are_and_put_together_again() {
        let stand_ins = [StandIn::new(0, Kind::Text), StandIn::new(1, Kind::Text)];
        let text = format!("a{}b{}c", stand_ins[1].mark(), stand_ins[0].mark());
        let both = stand_ins.iter().zip([true, true]);
        let cut = Cut::new(&text, both).expect("each is there once");
        let mut out = Vec::new();
        cut.append(&mut out, |column| ["zero", "one"][column].as_bytes());
        assert_eq!(out, b"aonebzeroc");
        cut.append_start(&mut out, 9, |column| ["zero", "one"][column].as_bytes());
        assert_eq!(out, b"aonebzerocaonebzero");
        // One that is not there, one too many, and one that should not be there.
        assert!(Cut::new("a", stand_ins.iter().zip([true, false])).is_none());
        let twice = [&*text, &*text].concat();
        assert!(Cut::new(&twice, stand_ins.iter().zip([true, true])).is_none());
        assert!(Cut::new(&text, stand_ins.iter().zip([true, false])).is_none());
    }
}
