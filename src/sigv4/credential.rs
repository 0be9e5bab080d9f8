//! Step 1. Turns an access key, an instant, a region and a service into the credential.
//!
//! [AWS: credential scope](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html)

/// The region and the service that a signature is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope<'a> {
    /// `us-east-1`.
    pub region: &'a str,
    /// `s3`, `s3express`, `s3-outposts` or `s3-object-lambda`.
    pub service: &'a str,
}

/// The last word of every credential scope.
pub(super) const TERMINATOR: &str = "aws4_request";

/// `AKIDEXAMPLE/20130524/us-east-1/s3/aws4_request`: a credential and, in it, its scope.
#[derive(Debug)]
pub(super) struct Credential {
    string: String,
    start_of_scope: usize,
}

impl Credential {
    /// The credential of an access key on one `date`, written `20130524`.
    pub(super) fn new(access_key: &str, date: &str, scope: Scope<'_>) -> Self {
        let Scope { region, service } = scope;
        Self {
            string: format!("{access_key}/{date}/{region}/{service}/{TERMINATOR}"),
            start_of_scope: access_key.len() + 1,
        }
    }

    /// The whole string.
    pub(super) fn as_str(&self) -> &str {
        &self.string
    }

    /// The credential scope: `20130524/us-east-1/s3/aws4_request`.
    pub(super) fn scope(&self) -> &str {
        &self.string[self.start_of_scope..]
    }
}
