//! What calls must have in common to differ in plain values only.

use crate::model::{Kind, Member, Operation, Param, ParamName};
use crate::s3::plan::{Column, Planned, Template};
use crate::s3::{AtHand, Call, Presigner};

/// A call whose likes may be known.
pub(super) struct Asked<'a> {
    operation: &'static Operation,
    given: &'a [Param<'a>],
    at_hand: AtHand<'a>,
}

/// What calls have in common whose URLs are made alike.
pub(super) struct Route {
    operation: &'static Operation,
    parts: Vec<Part>,
    http_method: Option<Box<str>>,
    expires_in: i64,
    pub(super) template: Template,
    /// Which parameter each column of the template is.
    pub(super) columns: Vec<(usize, Column)>,
}

/// One parameter of such calls.
struct Part {
    member: &'static Member,
    role: Role,
}

/// What stands there.
enum Role {
    /// The same bucket in all of them.
    Bucket(Box<str>),
    /// A value that varies.
    Column(Column),
}

impl<'a> Asked<'a> {
    /// This call; `None` if it asks for what must be looked into.
    pub(super) fn new(
        operation: &'static Operation,
        given: &'a [Param<'a>],
        call: &'a dyn Call,
    ) -> Option<Self> {
        let at_hand = call.at_hand()?;
        Some(Self {
            operation,
            given,
            at_hand,
        })
    }

    /// A number that calls of one route share; others seldom do.
    pub(super) fn print(&self) -> u64 {
        let mut print = Print(0);
        print.add(address(self.operation));
        print.add(self.at_hand.expires_in.cast_unsigned());
        if let Some(method) = self.at_hand.http_method {
            print.add_text(method);
        }
        for param in self.given {
            if let ParamName::Known(member) = param.name {
                print.add(address(member) ^ param.kind as u64);
                if is_bucket(member)
                    && let Some(bucket) = param.text
                {
                    print.add_text(bucket);
                }
            }
        }
        print.0
    }
}

impl Route {
    /// The route of a call; `None` if it has none.
    pub(super) fn of(presigner: &Presigner, asked: &Asked<'_>, call: &dyn Call) -> Option<Self> {
        let mut parts = Vec::with_capacity(asked.given.len());
        let mut planned = Vec::with_capacity(asked.given.len());
        let mut columns = Vec::with_capacity(asked.given.len());
        for (at, param) in asked.given.iter().enumerate() {
            let ParamName::Known(member) = param.name else {
                return None;
            };
            let role = if is_bucket(member) {
                planned.push(Planned::Constant(param.clone()));
                Role::Bucket(param.text.filter(|_| param.is_plain)?.into())
            } else {
                let column = Column::of(member).filter(|column| column.kind() == param.kind)?;
                planned.push(Planned::Column(member, column));
                columns.push((at, column));
                Role::Column(column)
            };
            parts.push(Part { member, role });
        }
        Some(Self {
            operation: asked.operation,
            parts,
            http_method: asked.at_hand.http_method.map(Into::into),
            expires_in: asked.at_hand.expires_in,
            template: Template::new(presigner, asked.operation, &planned, call)?,
            columns,
        })
    }

    /// Whether a call is of this route, as far as that can be seen without a look at its values.
    pub(super) fn fits(&self, asked: &Asked<'_>) -> bool {
        std::ptr::eq(self.operation, asked.operation)
            && self.expires_in == asked.at_hand.expires_in
            && self.http_method.as_deref() == asked.at_hand.http_method
            && self.parts.len() == asked.given.len()
            && self.parts.iter().zip(asked.given).all(|(part, param)| {
                matches!(param.name, ParamName::Known(member) if std::ptr::eq(member, part.member))
                    && match &part.role {
                        Role::Bucket(bucket) => param.is_plain && param.text == Some(bucket),
                        Role::Column(column) => column.kind() == param.kind,
                    }
            })
    }

    /// Where the bucket is among the parameters, if it is among them.
    pub(super) fn place_of_bucket(&self) -> Option<usize> {
        let is_bucket = |part: &Part| matches!(part.role, Role::Bucket(_));
        self.parts.iter().position(is_bucket)
    }
}

/// Appends the value of a parameter as it is sent; `false` if that takes a closer look.
pub(super) fn append_value(param: &Param<'_>, column: Column, values: &mut String) -> bool {
    match (param.text, column.kind()) {
        (Some(text), Kind::Text) => param.is_plain && column.append_text(values, text),
        (None, Kind::Int) => param
            .value
            .small_integer()
            .is_some_and(|number| column.append_number(values, number)),
        _ => false,
    }
}

fn is_bucket(member: &Member) -> bool {
    member.name == "Bucket"
}

/// Operations and members are statics: each is known by where it is.
fn address<T>(object: &'static T) -> u64 {
    std::ptr::from_ref(object).addr() as u64
}

/// Mixes words into one number.
struct Print(u64);

impl Print {
    /// The golden ratio of 2^64, odd: it spreads each step over the upper bits.
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(Self::SPREAD);
    }

    fn add_text(&mut self, text: &str) {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let last = rest
            .iter()
            .fold(text.len() as u64, |word, &byte| word << 8 | u64::from(byte));
        self.add(last);
    }
}
