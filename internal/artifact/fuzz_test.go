package artifact_test

import (
	"testing"

	"lintel/internal/artifact"
)

// FuzzManifest checks that a manifest of a registry makes no panic, and that its layers have digests and sizes within the limits.
func FuzzManifest(f *testing.F) {
	const digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	f.Add([]byte(`{"layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "` + digest + `", "size": 1, "annotations": {"org.opencontainers.image.title": "../a"}}]}`))
	f.Add([]byte(`{"layers": [{"digest": "` + digest + `", "size": 9223372036854775807}, {"digest": "` + digest + `", "size": 9223372036854775807}]}`))
	f.Add([]byte(`{"manifests": [{}], "layers": [{"digest": "sha256:/../x", "size": -1}]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		layers, err := artifact.ParseManifest(content)
		if err != nil {
			return
		}
		total := int64(0)
		for _, l := range layers {
			if total += l.Size; len(l.Digest) != 64 || l.Size < 0 || total > artifact.MaxBytes {
				t.Errorf("layer %+v", l)
			}
		}
	})
}
