//! Runs a rule set: parameters in, the first endpoint or refusal out.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::functions;
use super::ruleset::{Argument, FunctionCall, Parameter, ParameterKind, Property, Rule, RuleFunction, RuleSet};
use super::value::Value;
use crate::error::Error;

/// An endpoint with its templates filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The URL: scheme, host and perhaps a path.
    pub url: String,
    /// The endpoint's other properties, above all `authSchemes`.
    pub properties: Vec<(&'static str, Value<'static>)>,
}

impl Resolved {
    /// The property of that name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Value<'static>> {
        let found = self.properties.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }
}

/// Runs `rules` on the parameters of `given`; names that the rules do not know are ignored.
///
/// # Errors
/// [`Error::EndpointResolution`] with botocore's message, if a parameter is missing or of the wrong
/// type, a rule refuses, or no rule applies; [`Error::Value`] for an endpoint that cannot be split.
pub fn resolve(rules: &RuleSet, given: &[(&str, Value<'_>)]) -> Result<Resolved, Error> {
    let mut variables = Variables {
        variables: SmallVec::new(),
    };
    for parameter in rules.parameters {
        let value = given
            .iter()
            .find(|(name, value)| *name == parameter.name && *value != Value::Absent)
            .map(|(_, value)| value.clone());
        if let Some(value) = accept(parameter, value)? {
            variables.variables.push((parameter.name, value));
        }
    }
    for rule in rules.rules {
        if let Some(resolved) = variables.apply(rule)? {
            return Ok(resolved);
        }
    }
    let mut message = String::from("No endpoint found for parameters:");
    for (name, value) in given {
        let shown = value.shown().unwrap_or_default();
        message.extend(["\n", name, ": ", &shown]);
    }
    Err(Error::EndpointResolution(message))
}

fn accept<'a>(parameter: &Parameter, value: Option<Value<'a>>) -> Result<Option<Value<'a>>, Error> {
    let name = parameter.name;
    let Some(value) = value else {
        return match &parameter.default {
            None if parameter.required => Err(Error::EndpointResolution(format!(
                "Cannot find value for required parameter {name}"
            ))),
            default => Ok(default.clone()),
        };
    };
    let wanted = match (parameter.kind, &value) {
        (ParameterKind::Boolean, Value::Bool(_)) | (ParameterKind::String, Value::String(_)) => {
            return Ok(Some(value));
        }
        (ParameterKind::Boolean, _) => "<class 'bool'>",
        (ParameterKind::String, _) => "<class 'str'>",
    };
    Err(Error::EndpointResolution(format!(
        "Value ({name}) is the wrong type. Must be {wanted}."
    )))
}

/// The parameters and the variables assigned so far; what a rule assigns ends with the rule.
struct Variables<'a> {
    variables: SmallVec<[(&'static str, Value<'a>); 32]>,
}

impl<'a> Variables<'a> {
    fn apply(&mut self, rule: &Rule) -> Result<Option<Resolved>, Error> {
        let outer = self.variables.len();
        let answer = self.decide(rule);
        self.variables.truncate(outer);
        answer
    }

    fn decide(&mut self, rule: &Rule) -> Result<Option<Resolved>, Error> {
        let (Rule::Tree(conditions, _) | Rule::Serve(conditions, _, _) | Rule::Refuse(conditions, _)) = rule;
        for condition in *conditions {
            if !self.holds(condition)? {
                return Ok(None);
            }
        }
        match rule {
            Rule::Tree(_, rules) => {
                for rule in *rules {
                    if let Some(resolved) = self.apply(rule)? {
                        return Ok(Some(resolved));
                    }
                }
                Ok(None)
            }
            Rule::Serve(_, url, properties) => Ok(Some(Resolved {
                url: self.fill(url)?,
                properties: self.fill_members(properties)?,
            })),
            Rule::Refuse(_, template) => Err(Error::EndpointResolution(self.fill(template)?)),
        }
    }

    /// Whether a condition holds: not for `false` and for no value, but for empty strings and lists.
    fn holds(&mut self, condition: &FunctionCall) -> Result<bool, Error> {
        let result = self.call(condition)?;
        let holds = !matches!(result, Value::Absent | Value::Bool(false));
        if let Some(name) = condition.assign {
            if self.get(name).is_some() {
                return Err(Error::EndpointResolution(format!(
                    "Assignment {name} already exists in scoped variables and cannot be overwritten"
                )));
            }
            self.variables.push((name, result));
        }
        Ok(holds)
    }

    fn call(&self, call: &FunctionCall) -> Result<Value<'a>, Error> {
        let mut values = SmallVec::<[Cow<'_, Value<'a>>; 4]>::new();
        for argument in call.arguments {
            values.push(self.value_of(argument)?);
        }
        match (call.function, values.as_slice()) {
            (RuleFunction::AwsIsVirtualHostableS3Bucket, [bucket, subdomains]) => {
                functions::is_virtual_hostable_s3_bucket(bucket, subdomains)
            }
            (RuleFunction::AwsParseArn, [arn]) => functions::parse_arn(arn),
            (RuleFunction::AwsPartition, [region]) => functions::partition(region),
            (RuleFunction::BooleanEquals, [one, other]) => functions::boolean_equals(one, other),
            (RuleFunction::GetAttr, [value, path]) => functions::get_attr(value, path),
            (RuleFunction::IsSet, [value]) => Ok(Value::Bool(**value != Value::Absent)),
            (RuleFunction::IsValidHostLabel, [label, subdomains]) => functions::is_valid_host_label(label, subdomains),
            (RuleFunction::Not, [value]) => Ok(Value::Bool(value.is_falsy())),
            (RuleFunction::ParseUrl, [url]) => functions::parse_url(url),
            (RuleFunction::StringEquals, [one, other]) => functions::string_equals(one, other),
            (RuleFunction::Substring, [string, start, stop, reverse]) => {
                functions::substring(string, start, stop, reverse)
            }
            (RuleFunction::UriEncode, [string]) => functions::uri_encode(string),
            (function, values) => Err(functions::misused(&format!(
                "{function:?} with {} arguments",
                values.len()
            ))),
        }
    }

    fn value_of(&self, argument: &Argument) -> Result<Cow<'_, Value<'a>>, Error> {
        Ok(Cow::Owned(match argument {
            Argument::Ref(name) => match self.get(name) {
                Some(value) => return Ok(Cow::Borrowed(value)),
                None => Value::Absent,
            },
            Argument::Nested(call) => self.call(call)?,
            Argument::String(string) => (*string).into(),
            Argument::Template(template) => self.fill(template)?.into(),
            Argument::Bool(value) => Value::Bool(*value),
            Argument::Number(number) => Value::Number(*number),
        }))
    }

    fn fill_members(&self, members: &[(&'static str, Property)]) -> Result<Vec<(&'static str, Value<'static>)>, Error> {
        let filled = |(name, property): &(&'static str, Property)| Ok((*name, self.fill_property(property)?));
        members.iter().map(filled).collect()
    }

    fn fill_property(&self, property: &Property) -> Result<Value<'static>, Error> {
        Ok(match property {
            Property::Bool(value) => Value::Bool(*value),
            Property::String(template) => self.fill(template)?.into(),
            Property::List(items) => {
                let items = items.iter().map(|item| self.fill_property(item));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            Property::Record(members) => Value::Record(self.fill_members(members)?),
        })
    }

    /// Replaces `{Name}` and `{name#member}` by values. The generator has checked that braces have no
    /// other meaning.
    fn fill(&self, template: &str) -> Result<String, Error> {
        let mut filled = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((literal, after)) = rest.split_once('{') {
            let (reference, after) = after.split_once('}').unwrap_or((after, ""));
            let mut names = reference.split('#');
            let mut value = names.next().and_then(|name| self.get(name));
            for name in names {
                value = value.and_then(|record| record.member(name));
            }
            let Some(shown) = value.and_then(Value::shown) else {
                return Err(functions::misused(reference));
            };
            filled.push_str(literal);
            filled.push_str(&shown);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn get(&self, name: &str) -> Option<&Value<'a>> {
        let found = self.variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }
}
