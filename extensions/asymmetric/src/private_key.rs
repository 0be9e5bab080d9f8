//! Reads a private key, and signs with it.

use std::fmt;

use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::ecdsa::{DerSignature, SigningKey};
use rsa::pkcs1::{DecodeRsaPrivateKey as _, RsaPrivateKeyRef};
use rsa::pkcs8::der::Decode as _;
use rsa::pkcs8::{ObjectIdentifier, PrivateKeyInfoRef};
use sec1::EcPrivateKey;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use super::pem::{self, Format};
use super::{Algorithm, Refused};

const RSA: ObjectIdentifier = rsa::pkcs1::ALGORITHM_OID;
const ELLIPTIC_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
/// Kinds of keys that programs have and `CloudFront` does not take.
const OTHERS: [(&str, &str); 9] = [
    ("1.2.840.113549.1.1.10", "RSA-PSS"),
    ("1.2.840.10040.4.1", "DSA"),
    ("1.3.101.110", "X25519"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
    ("1.3.132.0.10", "secp256k1"),
    ("1.3.132.0.33", "P-224"),
    ("1.3.132.0.34", "P-384"),
    ("1.3.132.0.35", "P-521"),
];
/// The only length that `CloudFront` takes.
const BITS: u32 = 2048;

/// A private key. It is wiped on drop, and never shown.
pub struct PrivateKey(Kind);

enum Kind {
    Rsa(Box<rsa::PrivateKey>),
    P256(SigningKey),
}

impl PrivateKey {
    /// Reads the first private key in PEM: PKCS#8, PKCS#1 or SEC1.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn from_pem(text: &[u8]) -> Result<Self, Refused> {
        let (format, bytes) = pem::private_key(text)?;
        match format {
            Format::Pkcs1 => from_pkcs1(&bytes),
            Format::Sec1 => from_sec1(&bytes, None),
            Format::Pkcs8 => {
                let found = PrivateKeyInfoRef::from_der(&bytes).map_err(|_| Refused::Malformed)?;
                let key = found.private_key.as_bytes();
                match found.algorithm.oid {
                    RSA => from_pkcs1(key),
                    ELLIPTIC_CURVE => from_sec1(key, found.algorithm.parameters_oid().ok()),
                    other => Err(Refused::Kind(name_of(other))),
                }
            }
        }
        .map(Self)
    }

    /// The key that is this number of the curve P-256, in 32 bytes.
    ///
    /// # Errors
    /// It is zero, or too large.
    pub(super) fn from_scalar(bytes: &[u8]) -> Result<Self, Refused> {
        let key = SigningKey::from_slice(bytes).map_err(|_| Refused::Malformed)?;
        Ok(Self(Kind::P256(key)))
    }

    /// `RSA` or `ECDSA`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.0 {
            Kind::Rsa(_) => "RSA",
            Kind::P256(_) => "ECDSA",
        }
    }

    /// The signature of a message: by RSA 256 bytes, by ECDSA a sequence in DER. The same message
    /// gets the same signature: ECDSA takes its number from RFC 6979.
    ///
    /// # Errors
    /// The operation failed, as it does for a damaged RSA key, or the system has no random numbers.
    pub fn sign(&self, message: &[u8], algorithm: Algorithm) -> Result<Vec<u8>, Refused> {
        match (&self.0, algorithm) {
            (Kind::Rsa(key), Algorithm::Sha1) => key.pkcs1v15_sign::<Sha1>(message),
            (Kind::Rsa(key), Algorithm::Sha256) => key.pkcs1v15_sign::<Sha256>(message),
            (Kind::P256(key), Algorithm::Sha1) => return by_p256(key, &Sha1::digest(message)),
            (Kind::P256(key), Algorithm::Sha256) => return by_p256(key, &Sha256::digest(message)),
        }
        .map_err(|_| Refused::Failed)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "PrivateKey({})", self.kind())
    }
}

fn by_p256(key: &SigningKey, hash: &[u8]) -> Result<Vec<u8>, Refused> {
    let signature: DerSignature = key.sign_prehash(hash).map_err(|_| Refused::Failed)?;
    Ok(signature.as_bytes().to_vec())
}

fn from_pkcs1(bytes: &[u8]) -> Result<Kind, Refused> {
    let parts = RsaPrivateKeyRef::from_der(bytes).map_err(|_| Refused::Malformed)?;
    let modulus = parts.modulus.as_bytes();
    let zeros = modulus.first().map_or(0, |byte| byte.leading_zeros());
    let bits = u32::try_from(modulus.len()).map_err(|_| Refused::Malformed)? * 8 - zeros;
    if bits != BITS {
        return Err(Refused::Bits(bits));
    }
    rsa::PrivateKey::from_pkcs1_der(bytes)
        .map(|key| Kind::Rsa(Box::new(key)))
        .map_err(|_| Refused::Malformed)
}

/// `curve` is that of the block around it, if there is one.
fn from_sec1(bytes: &[u8], curve: Option<ObjectIdentifier>) -> Result<Kind, Refused> {
    let found = EcPrivateKey::from_der(bytes).map_err(|_| Refused::Malformed)?;
    let own = found.parameters.and_then(sec1::EcParameters::named_curve);
    match curve.or(own) {
        Some(P256) => {}
        Some(other) => return Err(Refused::Kind(name_of(other))),
        None => return Err(Refused::Kind("of an unnamed curve".to_owned())),
    }
    SigningKey::from_slice(found.private_key)
        .map(Kind::P256)
        .map_err(|_| Refused::Malformed)
}

fn name_of(kind: ObjectIdentifier) -> String {
    let number = kind.to_string();
    let known = OTHERS.iter().find(|(other, _)| *other == number);
    known.map_or_else(|| number.clone(), |(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_wiped() {
        fn is_wiped<T: zeroize::ZeroizeOnDrop>() {}
        is_wiped::<rsa::PrivateKey>();
        is_wiped::<SigningKey>();
    }
}
