//! Values that replace the caller's, in a list beside the caller's arguments.

use smallvec::SmallVec;

use crate::error::Error;
use crate::model::{Input, Member, Operation, Param, ParamName};
use crate::s3::pipeline::own_string::OwnString;
use crate::s3::pipeline::read_params::{Params, ReadParams};

/// The values that replace the caller's, and those that are added behind them.
#[derive(Default)]
pub(in crate::s3::pipeline) struct ParamRewrites {
    /// In boto3's order. Each replaces the caller's value of the same name, or is added behind all.
    pub(super) set: SmallVec<[(&'static Member, OwnString); 2]>,
}

impl ParamRewrites {
    /// Writes them into the caller's own parameters, if those take them: see [`ReadParams::write`].
    pub(in crate::s3::pipeline) fn is_written(&self, given: &dyn ReadParams<'_>) -> Result<bool, Error> {
        let set = self.set.iter();
        let set: SmallVec<[_; 2]> = set
            .map(|(member, OwnString(string))| (member.name, &**string))
            .collect();
        Ok(!set.is_empty() && given.write(&set)?)
    }

    /// Whether a parameter was rewritten or added.
    pub(in crate::s3::pipeline) fn has(&self, name: &str) -> bool {
        self.set.iter().any(|(member, _)| member.name == name)
    }

    /// The caller's parameters with these values in their places. For most operations there are
    /// none, and the caller's own parameters are returned.
    pub(in crate::s3::pipeline) fn merge<'p, 'a: 'p>(
        &'a self,
        given: &'p [Param<'a>],
        merged: &'p mut Option<Params<'a>>,
    ) -> &'p [Param<'a>] {
        if self.set.is_empty() {
            return given;
        }
        let mut params: Params<'a> = given.iter().cloned().collect();
        for (member, made) in &self.set {
            let param = Param::known(member, made);
            match params.iter_mut().find(|param| param.is(member.name)) {
                Some(known) => *known = param,
                None => params.push(param),
            }
        }
        merged.insert(params)
    }
}

pub(super) fn find<'a>(params: &[Param<'a>], name: &str) -> Option<&'a dyn Input> {
    position(params, name).map(|at| params[at].value)
}

pub(super) fn position(params: &[Param<'_>], name: &str) -> Option<usize> {
    params.iter().position(|param| match &param.name {
        ParamName::Known(member) => member.name == name,
        ParamName::Unknown(unknown) => unknown == name,
    })
}

pub(super) fn set(operation: &'static Operation, name: &str, string: String, rewrites: &mut ParamRewrites) {
    if let Some(member) = operation.members.iter().find(|member| member.name == name) {
        rewrites.set.push((member, OwnString(string)));
    }
}

/// The error for an object that only claims to be a string: boto3 matches it with a pattern.
pub(super) fn no_string(name: &str, value: &dyn Input) -> Result<Error, Error> {
    Ok(Error::ParamValidation(format!(
        "Invalid type for parameter {name}, value: {}, type: {}, valid types: <class 'str'>",
        value.shown()?,
        value.type_name()
    )))
}
