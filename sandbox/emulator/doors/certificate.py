"""A certificate for a listener of this machine, made on the spot and signed by itself.

Body: {"names": ["shop.example", "*.elb.amazonaws.com"], "addresses": ["127.0.0.1"]}
Answer: {"key": PEM, "certificate": PEM}
"""

import datetime
import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# Clients check it against their own clock, which is not the sandbox's. macOS takes no longer life than 825 days.
LIFE = datetime.timedelta(days=820)
# A client whose clock is behind, by a time zone's mistake at most.
SLACK = datetime.timedelta(days=1)
# Longest common name (RFC 5280, ub-common-name); the names proper are in the alternative names.
COMMON_NAME = 64


def make(body):
    names = body.get("names") or ["localhost"]
    addresses = body.get("addresses") or []
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:COMMON_NAME])])
    now = datetime.datetime.now(datetime.timezone.utc)
    alternatives = [x509.DNSName(name) for name in names]
    alternatives += [x509.IPAddress(ipaddress.ip_address(address)) for address in addresses]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLACK)
        .not_valid_after(now - SLACK + LIFE)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        # Its own authority, so that a client may be given it as the one to trust.
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = serialization.PrivateFormat.PKCS8
    return {
        "key": key.private_bytes(serialization.Encoding.PEM, private, serialization.NoEncryption()).decode(),
        "certificate": certificate.public_bytes(serialization.Encoding.PEM).decode(),
    }
