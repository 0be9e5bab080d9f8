//! Checks parameters, and writes boto3's report about wrong ones.
//!
//! The report has boto3's lines in boto3's order. Nothing is allocated until a first line is due:
//! where a value stands is a chain of steps on the stack, spelt out only in a line.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::input::Input;
use super::kind::Kind;
use super::operation::{Member, Operation, Shape, Structure};
use super::param::{Param, ParamName};
use crate::error::Error;

/// Checks the parameters of one call.
///
/// # Errors
/// [`Error::ParamValidation`] with a line for each fault; or what a value raised when it was read.
pub fn validate(operation: &Operation, params: &[Param<'_>]) -> Result<(), Error> {
    validate_by(operation, params, &|name| Ok(params.iter().any(|param| param.is(name))))
}

/// Like [`validate`], but `has` says which parameters are there.
///
/// # Errors
/// As [`validate`], and what `has` returns.
pub fn validate_by(
    operation: &Operation,
    params: &[Param<'_>],
    has: &dyn Fn(&str) -> Result<bool, Error>,
) -> Result<(), Error> {
    let mut report = Report::default();
    for required in operation.required {
        if !has(required)? {
            report.missing(None, required)?;
        }
    }
    for param in params {
        if let ParamName::Unknown(name) = &param.name {
            report.unknown(None, name, operation.members.iter().map(|known| known.name))?;
        }
    }
    for param in params {
        if let ParamName::Known(member) = param.name {
            // Most are valid: plain strings of any length.
            if !(param.is_plain && matches!(member.shape, Shape::String { min: None })) {
                check_member(member, param.value, &mut report)?;
            }
        }
    }
    report.into_result()
}

/// Why this member cannot have this value, if the serialiser met it unvalidated.
pub(super) fn refusal(member: &Member, value: &dyn Input) -> Error {
    alone(|report| check_member(member, value, report))
}

/// Why an operation needs a member that the serialiser did not find.
pub(super) fn absence(name: &str) -> Error {
    alone(|report| report.missing(None, name))
}

/// The error for a name that is not a member of the operation, if nothing was validated.
pub(super) fn stranger(operation: &Operation, name: &str) -> Error {
    let known = operation.members.iter().map(|member| member.name);
    alone(|report| report.unknown(None, name, known))
}

fn alone(fill: impl FnOnce(&mut Report) -> Result<(), Error>) -> Error {
    let mut report = Report::default();
    match fill(&mut report) {
        Ok(()) => Error::ParamValidation(report.lines),
        Err(raised) => raised,
    }
}

fn check_member(member: &Member, value: &dyn Input, report: &mut Report) -> Result<(), Error> {
    let at = At {
        above: None,
        step: Step::Member(member.name),
    };
    check(value, member.shape, &at, report)
}

fn check(value: &dyn Input, shape: &Shape, at: &At<'_>, report: &mut Report) -> Result<(), Error> {
    let kind = value.kind();
    match *shape {
        Shape::String { min } if kind == Kind::String => check_length(value, min, at, report),
        Shape::String { .. } => report.wrong_type(at, value, "<class 'str'>"),
        Shape::Integer { min } if matches!(kind, Kind::Int | Kind::Bool) => match min {
            Some(min) if value.is_below(min)? => report.too_small(at, value, min),
            _ => Ok(()),
        },
        Shape::Integer { .. } => report.wrong_type(at, value, "<class 'int'>"),
        Shape::Boolean if kind == Kind::Bool => Ok(()),
        Shape::Boolean => report.wrong_type(at, value, "<class 'bool'>"),
        Shape::Blob if matches!(kind, Kind::Bytes | Kind::String | Kind::Stream) => Ok(()),
        Shape::Blob => {
            let valid = "<class 'bytes'>, <class 'bytearray'>, file-like object";
            report.wrong_type(at, value, valid)
        }
        Shape::Timestamp(_) => match value.instant()? {
            Some(_) => Ok(()),
            None => report.wrong_type(at, value, "<class 'datetime.datetime'>, timestamp-string"),
        },
        Shape::List { item, min } if kind == Kind::List => {
            check_length(value, min, at, report)?;
            let mut index = 0;
            value.each_item(&mut |one| {
                check(one, item, &at.then(Step::Item(index)), report)?;
                index += 1;
                Ok(())
            })
        }
        Shape::List { .. } => report.wrong_type(at, value, "<class 'list'>, <class 'tuple'>"),
        Shape::Map { key, value: held } if kind == Kind::Map => value.each_entry(&mut |name, one| {
            check(name, key, &at.then(Step::Key(name)), report)?;
            check(one, held, &at.then(Step::Value(name)), report)
        }),
        Shape::Structure(structure) if kind == Kind::Map => check_structure(value, structure, at, report),
        Shape::Map { .. } | Shape::Structure(_) => report.wrong_type(at, value, "<class 'dict'>"),
    }
}

fn check_structure(value: &dyn Input, structure: &Structure, at: &At<'_>, report: &mut Report) -> Result<(), Error> {
    let names = || structure.members.iter().map(|(name, _)| *name);
    if structure.is_union {
        match value.length()? {
            0 => report.none_set(at, names())?,
            1 => {}
            _ => report.several_set(at, names())?,
        }
    }
    for required in structure.required {
        if !value.has(required)? {
            report.missing(Some(at), required)?;
        }
    }
    // All unknown names come before what is wrong with the known ones.
    let (report, known) = (RefCell::new(report), RefCell::new(VecDeque::new()));
    let mut is_known = |key: &dyn Input| {
        for member in structure.members {
            if key.is_name(member.0)? {
                known.borrow_mut().push_back(member);
                return Ok(true);
            }
        }
        let mut report = report.borrow_mut();
        report.unknown(Some(at), &key.shown()?, names())?;
        Ok(false)
    };
    value.each_wanted(&mut is_known, &mut |_, one| {
        let member = known.borrow_mut().pop_front();
        let Some((name, shape)) = member else {
            return Ok(());
        };
        let at = at.then(Step::Member(name));
        check(one, shape, &at, &mut report.borrow_mut())
    })
}

fn check_length(value: &dyn Input, min: Option<u32>, at: &At<'_>, report: &mut Report) -> Result<(), Error> {
    // boto3 asks for the length in any case, and that may raise.
    let length = value.length()?;
    let Some(min) = min else { return Ok(()) };
    if u32::try_from(length).is_ok_and(|length| length < min) {
        report.too_short(at, length, min)?;
    }
    Ok(())
}

/// The place of a value: `Delete.Objects[1].Key`.
struct At<'p> {
    above: Option<&'p At<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Member(&'p str),
    Item(usize),
    Key(&'p dyn Input),
    Value(&'p dyn Input),
}

impl At<'_> {
    fn then<'p>(&'p self, step: Step<'p>) -> At<'p> {
        At {
            above: Some(self),
            step,
        }
    }

    fn spelt_out(&self) -> Result<String, Error> {
        let last = match self.step {
            Step::Member(name) => name.to_owned(),
            Step::Item(index) => format!("[{index}]"),
            Step::Key(key) => format!(" (key: {})", key.shown()?),
            Step::Value(key) => key.shown()?,
        };
        let Some(above) = self.above else {
            return Ok(last);
        };
        let above = above.spelt_out()?;
        Ok(match self.step {
            Step::Member(_) | Step::Value(_) => format!("{above}.{last}"),
            Step::Item(_) | Step::Key(_) => above + &last,
        })
    }
}

/// The lines so far.
#[derive(Default)]
struct Report {
    lines: String,
}

impl Report {
    fn into_result(self) -> Result<(), Error> {
        if self.lines.is_empty() {
            Ok(())
        } else {
            Err(Error::ParamValidation(self.lines))
        }
    }

    fn line(&mut self, line: &str) {
        if !self.lines.is_empty() {
            self.lines.push('\n');
        }
        self.lines.push_str(line);
    }

    fn missing(&mut self, at: Option<&At<'_>>, name: &str) -> Result<(), Error> {
        let place = input_or(at)?;
        self.line(&format!("Missing required parameter in {place}: \"{name}\""));
        Ok(())
    }

    fn unknown<'n>(
        &mut self,
        at: Option<&At<'_>>,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> Result<(), Error> {
        let (place, known) = (input_or(at)?, joined(known));
        self.line(&format!(
            "Unknown parameter in {place}: \"{name}\", must be one of: {known}"
        ));
        Ok(())
    }

    fn wrong_type(&mut self, at: &At<'_>, value: &dyn Input, valid: &str) -> Result<(), Error> {
        let (place, shown, given) = (at.spelt_out()?, value.shown()?, value.type_name());
        self.line(&format!(
            "Invalid type for parameter {place}, value: {shown}, type: {given}, valid types: {valid}"
        ));
        Ok(())
    }

    fn too_short(&mut self, at: &At<'_>, length: usize, min: u32) -> Result<(), Error> {
        let place = at.spelt_out()?;
        self.line(&format!(
            "Invalid length for parameter {place}, value: {length}, valid min length: {min}"
        ));
        Ok(())
    }

    fn too_small(&mut self, at: &At<'_>, value: &dyn Input, min: i64) -> Result<(), Error> {
        let (place, shown) = (at.spelt_out()?, value.shown()?);
        self.line(&format!(
            "Invalid value for parameter {place}, value: {shown}, valid min value: {min}"
        ));
        Ok(())
    }

    fn none_set<'n>(&mut self, at: &At<'_>, names: impl Iterator<Item = &'n str>) -> Result<(), Error> {
        let (place, names) = (at.spelt_out()?, joined(names));
        // The missing blank is boto3's.
        self.line(&format!(
            "Must set one of the following keys for tagged unionstructure {place}: {names}."
        ));
        Ok(())
    }

    fn several_set<'n>(&mut self, at: &At<'_>, names: impl Iterator<Item = &'n str>) -> Result<(), Error> {
        let (place, names) = (at.spelt_out()?, joined(names));
        self.line(&format!(
            "Invalid number of parameters set for tagged union structure {place}. \
             Can only set one of the following keys: {names}."
        ));
        Ok(())
    }
}

fn input_or(at: Option<&At<'_>>) -> Result<String, Error> {
    at.map_or_else(|| Ok("input".to_owned()), At::spelt_out)
}

fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
