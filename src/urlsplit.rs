//! Splits a URL into its parts exactly as Python's `urllib.parse.urlsplit` does.
//!
//! botocore judges a custom endpoint, joins paths and finds the host to sign by that function, so
//! what it does shows in what boto3 signs. They are those of Python 3.11: leading control characters
//! and every tab and newline vanish, and a port is looked at only when it is asked for.

mod endpoint;
mod label;
mod path;
mod url;

pub use endpoint::{
    host_header, is_valid_endpoint_url, is_valid_ipv4_endpoint_url, is_valid_ipv6_endpoint_url,
    is_valid_uri,
};
pub use label::{is_decimal_digit, is_host_label, is_ipv4};
pub use path::{normalize_url_path, without_params};
pub use url::Url;

#[cfg(test)]
mod tests;
