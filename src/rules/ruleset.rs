//! The parts of a rule set. The generated tables use these types.

use super::value::Value;

/// The rules of one service.
#[derive(Debug)]
pub struct RuleSet {
    /// The parameters that the rules take, in the order in which they are checked.
    pub parameters: &'static [Parameter],
    /// The first rule that serves or refuses decides.
    pub rules: &'static [&'static Rule],
}

/// One parameter of a rule set.
#[derive(Debug)]
pub struct Parameter {
    /// The name that rules refer to: `UseFIPS`.
    pub name: &'static str,
    /// The type that a given value must have.
    pub kind: ParameterKind,
    /// The value where none is given.
    pub default: Option<Value<'static>>,
    /// Whether it must be given where there is no default.
    pub required: bool,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// `True` or `False`.
    Boolean,
    /// A string.
    String,
}

/// A rule: its conditions must all hold before it does anything.
#[derive(Debug)]
pub enum Rule {
    /// Tries further rules in order.
    Tree(&'static [&'static FunctionCall], &'static [&'static Rule]),
    /// Answers with an endpoint: the template of its URL, such as
    /// `https://{Bucket}.s3.{Region}.{partitionResult#dnsSuffix}`, and the other properties.
    Serve(
        &'static [&'static FunctionCall],
        &'static str,
        &'static [(&'static str, Property)],
    ),
    /// Refuses, with the message of a template.
    Refuse(&'static [&'static FunctionCall], &'static str),
}

/// A property of an endpoint, as JSON would have it.
#[derive(Debug)]
pub enum Property {
    /// `true` or `false`.
    Bool(bool),
    /// A template.
    String(&'static str),
    /// A list.
    List(&'static [Property]),
    /// An object.
    Record(&'static [(&'static str, Property)]),
}

/// A call of a function: a condition, or an argument of one.
#[derive(Debug)]
pub struct FunctionCall {
    /// The function.
    pub function: RuleFunction,
    /// Its arguments.
    pub arguments: &'static [Argument],
    /// The variable that keeps the result for the rules below; conditions only.
    pub assign: Option<&'static str>,
}

impl FunctionCall {
    pub(super) const fn new(function: RuleFunction, arguments: &'static [Argument]) -> Self {
        Self {
            function,
            arguments,
            assign: None,
        }
    }

    pub(super) const fn assign(name: &'static str, function: RuleFunction, arguments: &'static [Argument]) -> Self {
        Self {
            function,
            arguments,
            assign: Some(name),
        }
    }
}

/// An argument of a call.
#[derive(Debug)]
pub enum Argument {
    /// The value of a parameter or a variable.
    Ref(&'static str),
    /// The result of another call.
    Nested(&'static FunctionCall),
    /// A string as it stands.
    String(&'static str),
    /// A string in which `{Name}` and `{name#member}` stand for values.
    Template(&'static str),
    /// `true` or `false`.
    Bool(bool),
    /// A position in a string.
    Number(usize),
}

/// The functions of the rules language that its published rule sets use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleFunction {
    /// `aws.isVirtualHostableS3Bucket`.
    AwsIsVirtualHostableS3Bucket,
    /// `aws.parseArn`.
    AwsParseArn,
    /// `aws.partition`.
    AwsPartition,
    /// `booleanEquals`.
    BooleanEquals,
    /// `getAttr`.
    GetAttr,
    /// `isSet`.
    IsSet,
    /// `isValidHostLabel`.
    IsValidHostLabel,
    /// `not`.
    Not,
    /// `parseURL`.
    ParseUrl,
    /// `stringEquals`.
    StringEquals,
    /// `substring`.
    Substring,
    /// `uriEncode`.
    UriEncode,
}
