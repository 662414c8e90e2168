# lintel alone: no shell, no libraries, nobody to be root for, no base image to trust. The program is built
# before, as every release is:
#
#   CGO_ENABLED=0 go build -trimpath -ldflags='-s -w -buildid=' -o lintel ./cmd/lintel
#   docker build -t lintel .
#   docker run --rm --network none --read-only -v "$PWD:/work:ro" lintel check
#
# There is no git in it, which --against and --staged need.
FROM scratch
COPY LICENSE /LICENSE
COPY lintel /lintel
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/lintel"]
CMD ["check"]
