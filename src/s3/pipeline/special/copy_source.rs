//! Turns the source of a copy into the string of its header.

use super::param_rewrites::{ParamRewrites, find, no_string, set};
use crate::encode;
use crate::error::Error;
use crate::model::{Input, Kind, Lookup, Operation, Param};
use crate::request::is_python_whitespace;
use crate::s3::pipeline::bucket;
use crate::surrogate;

/// Percent-encodes a copy source, once; a version at its end stays as it is.
pub(super) fn copy_source(
    operation: &'static Operation,
    params: &[Param<'_>],
    rewrites: &mut ParamRewrites,
) -> Result<(), Error> {
    let Some(source) = find(params, "CopySource") else {
        return Ok(());
    };
    let mut encoded = String::new();
    match source.kind() {
        Kind::String if source.native_kind() != Kind::String => {
            return Err(no_string("CopySource", source)?);
        }
        Kind::String => {
            let string = source.carried_string()?;
            let end = version_suffix(&string).unwrap_or(string.len());
            surrogate::refuse(&string[..end])?;
            encode::append_path(&mut encoded, &string[..end]);
            encoded.push_str(&string[end..]);
        }
        Kind::Map => {
            let Source {
                bucket,
                key,
                version,
                fault,
            } = source_parts(source)?;
            let missing = |name: &str| Error::ParamValidation(format!("Missing required parameter: '{name}'"));
            let bucket = bucket.ok_or_else(|| missing("Bucket"))?;
            let key = key.ok_or_else(|| missing("Key"))?;
            if let Some(fault) = fault {
                return Err(fault);
            }
            // boto3's pattern lets one newline end the string.
            let name = bucket.strip_suffix('\n').unwrap_or(&bucket);
            let is_arn = bucket::is_access_point_arn(name);
            let between = if is_arn { "/object/" } else { "/" };
            let path = [&bucket, between, &key].concat();
            surrogate::refuse(&path)?;
            encode::append_path(&mut encoded, &path);
            if let Some(version) = version {
                encoded.push_str("?versionId=");
                encoded.push_str(&version);
            }
        }
        // The validation refuses it.
        _ => return Ok(()),
    }
    set(operation, "CopySource", encoded, rewrites);
    Ok(())
}

/// Where the version at the end of a copy source starts: the first `?versionId=` behind which
/// everything is one word. As in boto3's pattern, one newline may end the string.
fn version_suffix(source: &str) -> Option<usize> {
    const MARK: &str = "?versionId=";
    source.match_indices(MARK).map(|(start, _)| start).find(|start| {
        let version = &source[start + MARK.len()..];
        let version = version.strip_suffix('\n').unwrap_or(version);
        !version.is_empty() && !version.chars().any(is_python_whitespace)
    })
}

#[derive(Default)]
struct Source {
    bucket: Option<String>,
    key: Option<String>,
    version: Option<String>,
    /// Why the bucket is not valid.
    fault: Option<Error>,
}

/// Takes a copy source given as a map apart. As in boto3, the bucket must be a string, the key and
/// the version are taken as Python prints them, and other entries do not matter.
fn source_parts(map: &dyn Input) -> Result<Source, Error> {
    let mut source = Source::default();
    map.find("Bucket", Lookup::Item, &mut |bucket| {
        if bucket.native_kind() != Kind::String {
            source.fault = Some(no_string("CopySource.Bucket", bucket)?);
        }
        source.bucket = Some(bucket.formatted()?.into_owned());
        Ok(())
    })?;
    if source.bucket.is_some() {
        map.find("Key", Lookup::Item, &mut |key| {
            source.key = Some(key.formatted()?.into_owned());
            Ok(())
        })?;
    }
    if source.key.is_some() {
        map.find("VersionId", Lookup::Get, &mut |version| {
            if version.kind() != Kind::Null {
                source.version = Some(version.formatted()?.into_owned());
            }
            Ok(())
        })?;
    }
    Ok(source)
}
