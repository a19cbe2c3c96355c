#!/usr/bin/env bash
# Prints a folder with a Linux kernel for guests: `vmlinuz`, the same uncompressed as `vmlinux`, and the modules that guests need
# as `NN-NAME.ko`, in the order to load them in. They come from the newest linux-image of SERIES that apt knows; unpacked, not
# installed, once, into the user's cache. The backends in Linux VMs and the emulated machine of the tests start it.
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin

SERIES=6.12
MODULES=(virtio_mmio virtio_pci virtio_console 9pnet_virtio 9p overlay kvm-amd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/unibench/kernel

stop() {
    printf 'kernel.sh: %s\n' "$*" >&2
    exit 4
}

newest_package() {
    apt-cache search --names-only "^linux-image-${SERIES//./\\.}\\.[0-9]+\\+deb[0-9]+-amd64\$" | cut -d ' ' -f 1 | sort -V | tail -n 1
}

# A fresh machine has no package lists, or old ones.
update_lists() {
    local as_root=()
    [[ $EUID -eq 0 ]] || as_root=(sudo -n)
    "${as_root[@]}" apt-get -q -q update >&2
}

# $1: package, $2: empty folder that gets package.deb
download() {
    # apt's own user must be able to write there when root asks.
    chmod 755 "$2"
    (cd "$2" && apt-get -q -q -o APT::Sandbox::User=root download "$1" >&2 && mv -- "$1"_*.deb package.deb)
}

# $1: folder with the unpacked package, $2: its kernel's version, $3: folder to fill
collect() {
    local number=0 kind file
    mv "$1/boot/vmlinuz-$2" "$3/vmlinuz"
    uncompress "$3/vmlinuz" >"$3/vmlinux"
    depmod -b "$1" "$2"
    # Each module behind those it needs, each once; `builtin NAME` are in the kernel.
    while read -r kind file _; do
        [[ $kind == insmod ]] || continue
        number=$((number + 1))
        decompress "$file" >"$3/$(printf '%02d' "$number")-$(basename "${file%.ko*}").ko"
    done < <(modprobe -d "$1" -S "$2" --show-depends -a "${MODULES[@]}" | awk '!seen[$0]++')
    [[ $number -gt 0 ]] || stop "linux-image-$2 has none of ${MODULES[*]}"
}

# The kernel in a bzImage: where it lies and how long it is the image's header says (Documentation/arch/x86/boot.rst).
uncompress() {
    local sectors offset length
    sectors=$(number "$1" 497 1) offset=$(number "$1" 584 4) length=$(number "$1" 588 4)
    # Its last four bytes are its length uncompressed.
    dd if="$1" bs=1M iflag=skip_bytes,count_bytes skip=$(((sectors + 1) * 512 + offset)) count=$((length - 4)) status=none | unpack
}

# $1: file, $2: offset, $3: bytes, little-endian
number() { od -A n -t "u$3" -j "$2" -N "$3" "$1" | tr -d ' '; }

unpack() {
    local start
    start=$(head -c 2 | od -A n -t x1 | tr -d ' \n')
    case $start in
    28b5) { printf '\x28\xb5' && cat; } | zstd -dcq ;;
    fd37) { printf '\xfd7' && cat; } | xz -dc ;;
    1f8b) { printf '\x1f\x8b' && cat; } | gzip -dc ;;
    *) stop "the kernel is compressed in a way that is not known here ($start)" ;;
    esac
}

decompress() {
    case $1 in
    *.xz) xz -dc -- "$1" ;;
    *.zst) zstd -dcq -- "$1" ;;
    *) cat -- "$1" ;;
    esac
}

for tool in zstd:zstd xz:xz-utils depmod:kmod; do
    command -v "${tool%:*}" >/dev/null || stop "${tool%:*} is missing: install ${tool#*:} (name of Debian's package)"
done
mkdir -p "$cache"
# One download at a time; the kernel drops the lock with this shell.
exec 9<"$cache"
flock 9
present=$(find "$cache" -mindepth 1 -maxdepth 1 -name "linux-image-$SERIES.*" | sort -V | tail -n 1)
if [[ -n $present ]]; then
    printf '%s\n' "$present"
    exit
fi

command -v apt-get >/dev/null || stop "the kernel is a package of Debian's, and there is no apt-get here"
package=$(newest_package)
[[ -n $package ]] || { update_lists && package=$(newest_package); } || true
[[ -n $package ]] || stop "apt knows no linux-image-$SERIES.N+debN-amd64 (Debian 12 has it in bookworm-security): run apt-get update, or add that source"

work=$(mktemp -d "$cache/.unpack-XXXXXX")
trap 'rm -rf -- "$work"' EXIT
printf 'kernel.sh: downloading %s to %s\n' "$package" "$cache" >&2
# Lists that are older than the archive name files that are gone.
download "$package" "$work" || { update_lists && package=$(newest_package) && download "$package" "$work"; } || stop "$package could not be downloaded: is there a network?"
mkdir "$work/package" "$work/kernel"
dpkg -x "$work/package.deb" "$work/package"
collect "$work/package" "${package#linux-image-}" "$work/kernel"
mv "$work/kernel" "$cache/$package"
printf '%s\n' "$cache/$package"
