"""The platforms that `make wheels` builds for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Platform:
    """One of them. A wheel for it runs on every Linux with this processor, and with this libc or a newer one."""

    #: As in the names of wheels.
    tag: str
    #: `x86_64` or `aarch64`.
    processor: str
    #: As Rust calls it.
    target: str

    @property
    def is_musl(self) -> bool:
        """Whether its libc is musl, as in Alpine."""
        return self.target.endswith("musl")

    def pattern(self) -> str:
        """Matches the name of its wheel."""
        return f"presigned-*{self.tag}*.whl"


PLATFORMS = (
    Platform("manylinux2014_x86_64", "x86_64", "x86_64-unknown-linux-gnu"),
    Platform("manylinux2014_aarch64", "aarch64", "aarch64-unknown-linux-gnu"),
    Platform("musllinux_1_2_x86_64", "x86_64", "x86_64-unknown-linux-musl"),
    Platform("musllinux_1_2_aarch64", "aarch64", "aarch64-unknown-linux-musl"),
)


def chosen(tags: list[str]) -> tuple[Platform, ...]:
    """Returns the platforms of these tags, or all if there are no tags."""
    unknown = set(tags) - {platform.tag for platform in PLATFORMS}
    if unknown:
        raise SystemExit(f"wheels: unknown {', '.join(sorted(unknown))}; known: {', '.join(p.tag for p in PLATFORMS)}")
    return tuple(platform for platform in PLATFORMS if not tags or platform.tag in tags)
