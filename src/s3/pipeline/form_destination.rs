//! Finds the URL that the forms for a bucket are sent to.

use std::sync::Arc;

use super::endpoint::Endpoint;
use super::presign::{Pipeline, join_paths};
use super::special::{self, ParamRewrites};
use crate::error::Error;
use crate::model::{Input, Param, operations, serialise, validate};

/// Where the forms for one bucket go.
#[derive(Debug)]
pub(in crate::s3) struct FormDestination {
    pub(in crate::s3) url: String,
    pub(in crate::s3) endpoint: Arc<Endpoint>,
}

impl Pipeline<'_> {
    /// Where the forms for `bucket` go: to the bucket's own URL.
    ///
    /// # Errors
    /// Those of boto3, in its order: the bucket's name, the endpoint, the bucket's type.
    pub(in crate::s3) fn form_destination(&self, bucket: &dyn Input) -> Result<FormDestination, Error> {
        // This operation's URL is that of the bucket.
        let operation = &operations::CREATE_BUCKET;
        let unknown = || Error::UnknownClientMethod(operation.method_name.to_owned());
        let member = operation.member("Bucket").ok_or_else(unknown)?;
        let params = [Param::known(member, bucket)];
        special::apply(operation, &params, &|| Err(unknown()), &mut ParamRewrites::default())?;
        let check = || validate(operation, &params);
        let endpoint = self.endpoint(operation, &params, check)?;
        if self.settings.validates {
            check()?;
        }
        let mut path = serialise(operation, &params)?.path;
        join_paths(&endpoint.path, "", &mut path);
        let mut url = String::new();
        for part in [&endpoint.scheme, "://", &endpoint.authority, &path] {
            url.push_str(part);
        }
        Ok(FormDestination { url, endpoint })
    }
}
