//go:build unix

package cli

import (
	"io/fs"
	"os"
	"syscall"
)

// links returns the number of hard links of a file.
func links(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink) //nolint:unconvert // the type differs between systems
	}
	return 1
}

// keepOwner gives a file the owner and the group of another one.
func keepOwner(name string, from fs.FileInfo) error {
	now, err := os.Stat(name)
	if err != nil {
		return err
	}
	want, okWant := from.Sys().(*syscall.Stat_t)
	got, okGot := now.Sys().(*syscall.Stat_t)
	if !okWant || !okGot || want.Uid == got.Uid && want.Gid == got.Gid {
		return nil
	}
	return os.Chown(name, int(want.Uid), int(want.Gid))
}
