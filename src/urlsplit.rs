//! Splits a URL into its parts exactly as Python's `urllib.parse.urlsplit` does.
//!
//! botocore uses that function to check a custom endpoint, to join paths and to find the host to sign,
//! so its behaviour decides what boto3 signs. This is the behaviour of Python 3.11: leading control
//! characters and every tab and newline are removed, and a port is checked only when it is read.

mod endpoint;
mod label;
mod path;
mod url;

pub use endpoint::{
    host_header, is_valid_endpoint_url, is_valid_ipv4_endpoint_url, is_valid_ipv6_endpoint_url, is_valid_uri,
};
pub use label::{is_decimal_digit, is_host_label, is_ipv4};
pub use path::{normalize_url_path, without_params};
pub use url::Url;

#[cfg(test)]
mod tests;
