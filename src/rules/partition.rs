//! Finds the partition of a region: a separate world of AWS with its own host names.

use super::partitions::PARTITIONS;
use super::value::Value;
use crate::urlsplit::is_decimal_digit;

/// A partition, as AWS publishes it.
#[derive(Debug)]
pub struct Partition {
    /// `aws`, `aws-cn`.
    pub name: &'static str,
    /// The regions known by name, `aws-global` and its like included.
    pub regions: &'static [&'static str],
    /// What the names of its regions look like, the unknown ones too.
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
                    is_made_of(word, |c| c == '_' || c.is_alphanumeric())
                        && is_made_of(number, is_decimal_digit)
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

/// The partition that lists `region` or whose pattern it matches; `aws` where none does.
#[must_use]
pub fn partition_of(region: &str) -> &'static Partition {
    let [aws, others @ ..] = &PARTITIONS;
    std::iter::once(aws)
        .chain(others)
        .find(|partition| partition.regions.contains(&region) || partition.pattern.matches(region))
        .unwrap_or(aws)
}

fn is_made_of(text: &str, belongs: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(belongs)
}

#[cfg(test)]
mod tests {
    use super::partition_of;

    /// What botocore 1.44.5's `aws_partition` answers.
    #[test]
    fn a_region_belongs_to_the_partition_whose_pattern_it_matches_else_to_aws() {
        let cases = [
            ("us-east-1", "aws"),
            ("us-nowhere-99", "aws"),
            ("us-gov-x-1", "aws-us-gov"),
            ("us-iso-x-1", "aws-iso"),
            ("us-isob-x-1", "aws-iso-b"),
            ("eu-isoe-x-1", "aws-iso-e"),
            ("us-isof-x-1", "aws-iso-f"),
            ("eusc-de-x-1", "aws-eusc"),
            ("eusc-x-1", "aws"),
            ("aws-cn-global", "aws-cn"),
            ("cn-x-1", "aws-cn"),
            ("cn-x-1\n", "aws-cn"),
            ("cn-x-1\n\n", "aws"),
            ("cn-x-٣", "aws-cn"),
            ("cn-x", "aws"),
            ("cn--1", "aws"),
            ("cn-x-1-2", "aws"),
            ("cn-x-a", "aws"),
            ("US-EAST-1", "aws"),
            ("mars", "aws"),
            ("", "aws"),
        ];
        for (region, partition) in cases {
            assert_eq!(partition_of(region).name, partition, "{region:?}");
        }
    }
}
