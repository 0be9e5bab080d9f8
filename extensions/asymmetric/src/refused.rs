//! Why a private key cannot be used, without a character of it.

use std::error::Error;
use std::fmt;

/// Why it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no block of PEM.
    NoPem,
    /// Backslash and `n` are in the place of line breaks.
    EscapedLines,
    /// The last line is missing, or something is not in base64.
    Damaged,
    /// It is encrypted with a password.
    Encrypted,
    /// There is a public key, or a certificate, and no private key.
    Public,
    /// It is in the format of OpenSSH.
    OpenSsh,
    /// It is neither RSA nor ECDSA P-256, but of this kind.
    Kind(String),
    /// It is an RSA key of so many bits.
    Bits(u32),
    /// What is in the block is something else, or its numbers do not fit together.
    Malformed,
    /// The operation failed.
    Failed,
}

impl Error for Refused {}

impl fmt::Display for Refused {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self {
            Self::NoPem => {
                "no private key in PEM was found: it begins with a line such as \
                 -----BEGIN PRIVATE KEY-----"
            }
            Self::EscapedLines => {
                "the private key has \\n, a backslash and a letter, in the place of line breaks: \
                 replace them first"
            }
            Self::Damaged => "the private key is incomplete, or not in base64",
            Self::Encrypted => {
                "the private key is encrypted: decrypt it first, for example with \
                 openssl pkey -in encrypted.pem -out key.pem"
            }
            Self::Public => "this is a public key or a certificate: the private key is needed",
            Self::OpenSsh => {
                "the private key is in the format of OpenSSH: convert a copy of it, with \
                 ssh-keygen -p -m PEM -f copy.pem"
            }
            Self::Kind(kind) => {
                return write!(
                    to,
                    "the private key is of the kind {kind}: RSA with 2048 bits or ECDSA on the \
                     curve P-256 is needed"
                );
            }
            Self::Bits(bits) => {
                return write!(to, "the private key is RSA with {bits} bits: 2048 are needed");
            }
            Self::Malformed => "the private key is malformed: its numbers do not fit together",
            Self::Failed => "signing failed: the private key may be damaged",
        };
        to.write_str(said)
    }
}
