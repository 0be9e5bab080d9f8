//! What an S3 operation is: its method, its place in the URL, and where each member goes.

/// One operation, as botocore's service model describes it.
#[derive(Debug)]
pub struct Operation {
    /// `GetObject`.
    pub name: &'static str,
    /// `get_object`: the name that boto3's `ClientMethod` takes.
    pub method_name: &'static str,
    /// `GET`, `PUT`, `POST`, `DELETE` or `HEAD`.
    pub http_method: &'static str,
    /// Whether the URI template starts with `/{Bucket}`; the endpoint rules place the bucket.
    pub has_bucket: bool,
    /// The rest of the URI template without its query: empty, `/`, `/{Key+}` or a literal path.
    pub path: &'static str,
    /// The query that the URI template itself brings: empty, `uploads`, `list-type=2`.
    pub query: &'static str,
    /// The members in the model's order.
    pub members: &'static [&'static Member],
    /// The names of the required members in the model's order.
    pub required: &'static [&'static str],
    /// The member that is the body, if one is.
    pub payload: Option<&'static str>,
    /// The member that boto3 fills with a random value if the caller gives none.
    pub idempotency_token: Option<&'static Member>,
    /// What is written in front of the host name: `{RequestRoute}.`, for one operation.
    pub host_prefix: Option<&'static str>,
    /// The parameters of the endpoint rules that this operation sets.
    pub endpoint: EndpointContext,
}

impl Operation {
    /// The member that callers write like this.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().copied().find(|member| member.name == name)
    }
}

/// The rule-set parameters that an operation sets by itself; all false for most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a parameter of the endpoint rules, which has two values"
)]
pub struct EndpointContext {
    /// `UseS3ExpressControlEndpoint`.
    pub use_s3_express_control_endpoint: bool,
    /// `DisableS3ExpressSessionAuth`.
    pub disable_s3_express_session_auth: bool,
    /// `DisableAccessPoints`.
    pub disable_access_points: bool,
    /// `UseObjectLambdaEndpoint`.
    pub use_object_lambda_endpoint: bool,
}

/// One member of an operation's input; equal members are shared between operations.
#[derive(Debug)]
pub struct Member {
    /// The name that callers write: `VersionId`.
    pub name: &'static str,
    /// The name on the wire: `versionId`, `x-amz-request-payer`; a prefix for a header map.
    pub wire_name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// What it may hold.
    pub shape: &'static Shape,
    /// Whether its value becomes part of the host name.
    pub is_host_label: bool,
}

/// Where a member goes in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A label of the URI template.
    Path,
    /// A query parameter.
    Query,
    /// A header.
    Header,
    /// A map whose every entry is a header.
    HeaderMap,
    /// The body, or a part of it: never in a presigned URL.
    Body,
}

/// The type of a value.
#[derive(Debug)]
pub enum Shape {
    /// A string of at least `min` characters.
    String {
        /// The least number of characters, if the model names one.
        min: Option<u32>,
    },
    /// A whole number; `integer` or `long` in the model, which boto3 treats alike.
    Integer {
        /// The least value, if the model names one.
        min: Option<i64>,
    },
    /// `True` or `False`.
    Boolean,
    /// Bytes, a string or a stream.
    Blob,
    /// An instant, in a format.
    Timestamp(TimestampFormat),
    /// A list of values of one shape.
    List {
        /// The shape of each item.
        item: &'static Shape,
        /// The least number of items, if the model names one.
        min: Option<u32>,
    },
    /// A map from strings to values of one shape.
    Map {
        /// The shape of each key.
        key: &'static Shape,
        /// The shape of each value.
        value: &'static Shape,
    },
    /// Named members.
    Structure(&'static Structure),
}

/// How an instant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// `Fri, 02 Jan 2026 03:04:05 GMT`.
    Rfc822,
    /// `2026-01-02T03:04:05Z`.
    Iso8601,
}

/// A nested structure of a body member: it is validated, never sent.
#[derive(Debug)]
pub struct Structure {
    /// Names and shapes in the model's order.
    pub members: &'static [(&'static str, &'static Shape)],
    /// The names of the required members in the model's order.
    pub required: &'static [&'static str],
    /// Whether exactly one member must be set.
    pub is_union: bool,
}
