//! Finds the partition of a region.

use super::partition::Partition;
use super::partitions::PARTITIONS;

/// The partition that lists `region` or whose pattern it matches; `aws` where none does.
#[must_use]
pub fn partition_of(region: &str) -> &'static Partition {
    let [aws, others @ ..] = &PARTITIONS;
    std::iter::once(aws)
        .chain(others)
        .find(|partition| partition.regions.contains(&region) || partition.pattern.matches(region))
        .unwrap_or(aws)
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
