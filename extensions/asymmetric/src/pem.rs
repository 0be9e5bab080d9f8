//! Finds the private key in a file of PEM (RFC 7468).
//!
//! A file may have other blocks before the key, such as the parameters of its curve, and lines of any
//! length. So this is more lenient than the decoders of the crates that read keys.

use base64ct::{Base64, Encoding as _};
use zeroize::Zeroizing;

use super::Refused;

/// What a block has, as its label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Pkcs8,
    Pkcs1,
    Sec1,
}

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// The format and the bytes of the first private key.
///
/// # Errors
/// Why there is none.
pub(super) fn private_key(given: &[u8]) -> Result<(Format, Zeroizing<Vec<u8>>), Refused> {
    let text = std::str::from_utf8(given).map_err(|_| Refused::NoPem)?;
    let mut refused = Refused::NoPem;
    let mut rest = text;
    while let Some((_, block)) = rest.split_once(BEGIN) {
        let (label, body) = block.split_once(DASHES).ok_or(Refused::Damaged)?;
        rest = body;
        let format = match label {
            "PRIVATE KEY" => Format::Pkcs8,
            "RSA PRIVATE KEY" => Format::Pkcs1,
            "EC PRIVATE KEY" => Format::Sec1,
            "ENCRYPTED PRIVATE KEY" => return Err(Refused::Encrypted),
            "OPENSSH PRIVATE KEY" => return Err(Refused::OpenSsh),
            "DSA PRIVATE KEY" => return Err(Refused::Kind("DSA".to_owned())),
            _ => {
                if label.ends_with("PUBLIC KEY") || label.ends_with("CERTIFICATE") {
                    refused = Refused::Public;
                }
                continue;
            }
        };
        let (body, end) = body.split_once("-----END ").ok_or(Refused::Damaged)?;
        if !end.strip_prefix(label).is_some_and(|end| end.starts_with(DASHES)) {
            return Err(Refused::Damaged);
        }
        return decoded(body).map(|bytes| (format, bytes));
    }
    Err(refused)
}

fn decoded(body: &str) -> Result<Zeroizing<Vec<u8>>, Refused> {
    if body.contains("ENCRYPTED") {
        return Err(Refused::Encrypted);
    }
    if body.contains("\\n") {
        return Err(Refused::EscapedLines);
    }
    // At once as long as it can become, so that no copy of it is left behind.
    let mut base64 = Zeroizing::new(String::with_capacity(body.len()));
    base64.extend(body.split_ascii_whitespace());
    let mut bytes = Zeroizing::new(vec![0; base64.len()]);
    let length = Base64::decode(base64.as_bytes(), &mut bytes)
        .map_err(|_| Refused::Damaged)?
        .len();
    bytes.truncate(length);
    Ok(bytes)
}
