# The image contains only lintel: no shell, no libraries, no root user and no base image. Build the program first, like a
# release:
#
#   CGO_ENABLED=0 go build -trimpath -ldflags='-s -w -buildid=' -o lintel ./cmd/lintel
#   docker build -t lintel .
#   docker run --rm --network none --read-only -v "$PWD:/work:ro" lintel check
#
# The image does not contain git, which --against and --staged need.
FROM scratch
COPY LICENSE /LICENSE
COPY lintel /lintel
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/lintel"]
CMD ["check"]
