//! A partition: a separate part of AWS with its own regions and host names.

use super::value::Value;
use crate::urlsplit::is_decimal_digit;

/// A partition, as AWS publishes it.
#[derive(Debug)]
pub struct Partition {
    /// `aws`, `aws-cn`.
    pub name: &'static str,
    /// The regions known by name, with pseudo regions such as `aws-global`.
    pub regions: &'static [&'static str],
    /// The pattern of its regions' names, also of unknown regions.
    pub pattern: RegionPattern,
    /// `amazonaws.com`.
    pub dns_suffix: &'static str,
    /// `api.aws`.
    pub dual_stack_dns_suffix: &'static str,
    /// The region that signs for services without regions: `us-east-1`.
    pub implicit_global_region: &'static str,
    /// Whether there are hosts that answer on IPv6 too.
    pub supports_dual_stack: bool,
    /// Whether there are FIPS 140 hosts.
    pub supports_fips: bool,
}

/// A region's name: one of `prefixes`, a hyphen, a word, a hyphen, a number.
///
/// All published patterns have this form; the generator refuses any other.
#[derive(Debug)]
pub struct RegionPattern {
    /// `us`, `eu`; `us-gov`.
    pub prefixes: &'static [&'static str],
}

impl RegionPattern {
    /// Whether the name of `region` has this form; one newline may follow, as `$` allows it.
    #[must_use]
    pub fn matches(&self, region: &str) -> bool {
        let region = region.strip_suffix('\n').unwrap_or(region);
        let of_prefix = |prefix: &&str| {
            region
                .strip_prefix(*prefix)
                .and_then(|rest| rest.strip_prefix('-'))
                .and_then(|rest| rest.split_once('-'))
                .is_some_and(|(word, number)| {
                    is_made_of(word, |c| c == '_' || c.is_alphanumeric()) && is_made_of(number, is_decimal_digit)
                })
        };
        self.prefixes.iter().any(of_prefix)
    }
}

impl Partition {
    /// The members that rules read.
    pub(super) fn record(&self) -> Value<'static> {
        Value::Record(vec![
            ("name", self.name.into()),
            ("dnsSuffix", self.dns_suffix.into()),
            ("dualStackDnsSuffix", self.dual_stack_dns_suffix.into()),
            ("implicitGlobalRegion", self.implicit_global_region.into()),
            ("supportsDualStack", self.supports_dual_stack.into()),
            ("supportsFIPS", self.supports_fips.into()),
        ])
    }
}

fn is_made_of(string: &str, belongs: impl Fn(char) -> bool) -> bool {
    !string.is_empty() && string.chars().all(belongs)
}
