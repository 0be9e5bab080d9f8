//! Turns a region into a partition, a host and a region to sign for, by botocore's endpoint data.
//!
//! This is the older of botocore's two resolvers. It decides what `client.meta` shows, which region
//! is signed for and which combinations are refused; the host of a URL comes from the rules.

use super::region_partition::RegionPartition;
use super::regions::PARTITIONS;

/// What the endpoint data says of one region.
#[derive(Debug, PartialEq, Eq)]
pub struct RegionEndpoint<'a> {
    /// The partition that it is in.
    pub partition: &'static str,
    /// The endpoint's name: the region, or `aws-global` where none was given.
    pub region: &'a str,
    /// The region to sign for.
    pub signing_region: &'a str,
    /// The host; `None` where the partition has none of the kind asked for.
    pub host: Option<String>,
}

/// Looks a region up; an unknown one belongs to the partition that names such regions, or to `aws`.
#[must_use]
pub fn region_endpoint(region: Option<&str>, dual_stack: bool, fips: bool) -> RegionEndpoint<'_> {
    let [aws, ..] = &PARTITIONS;
    let region = match (region, aws.global_name) {
        (Some(region), _) => region,
        (None, Some(global)) if !dual_stack => global,
        _ => "us-east-1",
    };
    // botocore refuses dual stack in some partitions before it looks whether there are such hosts.
    let candidates = || {
        let is_candidate = |one: &&RegionPartition| !(dual_stack && ["aws-iso", "aws-iso-b"].contains(&one.name));
        PARTITIONS.iter().filter(is_candidate)
    };
    let partition = candidates()
        .find(|one| one.regions.contains(&region) || one.special(region).is_some())
        .or_else(|| candidates().find(|one| one.pattern.matches(region)))
        .unwrap_or(aws);

    let template = match (dual_stack, fips) {
        (false, false) => Some(partition.plain),
        (true, false) => partition.dual_stack,
        (false, true) => partition.fips,
        (true, true) => partition.dual_stack_fips,
    };
    let (own_host, signing_region) = match partition.special(region) {
        Some((host, scope)) => (Some(host), scope),
        None => (None, region),
    };
    let is_plain = !dual_stack && !fips;
    let host = template.map(|template| own_host.filter(|_| is_plain).unwrap_or(template));
    RegionEndpoint {
        partition: partition.name,
        region,
        signing_region,
        host: host.map(|host| host.replace("{region}", region)),
    }
}

/// The partition that lists the region or names its regions so, if one does.
#[must_use]
pub fn region_partition(region: &str) -> Option<&'static RegionPartition> {
    PARTITIONS
        .iter()
        .find(|one| one.regions.contains(&region))
        .or_else(|| PARTITIONS.iter().find(|one| one.pattern.matches(region)))
}

/// Each partition with its regions, and its endpoints that are not regions.
pub fn listed_partitions() -> impl Iterator<Item = (&'static str, Vec<&'static str>, Vec<&'static str>)> {
    PARTITIONS.iter().map(|partition| {
        let special = partition.special.iter().map(|(name, ..)| *name);
        (partition.name, partition.regions.to_vec(), special.collect())
    })
}

impl RegionPartition {
    fn special(&self, name: &str) -> Option<(&'static str, &'static str)> {
        let (_, host, scope) = self.special.iter().find(|(one, ..)| *one == name)?;
        Some((host, scope))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What botocore 1.44.5's `EndpointResolver.construct_endpoint` answers.
    #[test]
    fn a_region_has_the_host_and_the_scope_that_the_endpoint_data_gives_it() {
        let found = |region, dual_stack, fips| {
            let found = region_endpoint(region, dual_stack, fips);
            (found.partition, found.signing_region, found.host)
        };
        let host = |host: &str| Some(host.to_owned());
        let expected = ("aws", "us-east-1", host("s3.amazonaws.com"));
        assert_eq!(found(None, false, false), expected);
        let expected = ("aws", "us-east-1", host("s3.dualstack.us-east-1.amazonaws.com"));
        assert_eq!(found(None, true, false), expected);
        let expected = ("aws-cn", "cn-x-9", host("s3.cn-x-9.amazonaws.com.cn"));
        assert_eq!(found(Some("cn-x-9"), false, false), expected);
        let expected = ("aws", "us-east-1", host("s3-external-1.amazonaws.com"));
        assert_eq!(found(Some("s3-external-1"), false, false), expected);
        let expected = ("aws", "us-iso-east-1", host("s3.dualstack.us-iso-east-1.amazonaws.com"));
        assert_eq!(found(Some("us-iso-east-1"), true, false), expected);
        let expected = ("aws-iso-e", "eu-isoe-west-1", None);
        assert_eq!(found(Some("eu-isoe-west-1"), true, false), expected);
    }
}
