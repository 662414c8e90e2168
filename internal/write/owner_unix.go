//go:build unix

package write

import (
	"fmt"
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
func keepOwner(file *os.File, from fs.FileInfo) error {
	now, err := file.Stat()
	if err != nil {
		return err
	}
	want, okWant := from.Sys().(*syscall.Stat_t)
	got, okGot := now.Sys().(*syscall.Stat_t)
	if !okWant || !okGot || want.Uid == got.Uid && want.Gid == got.Gid {
		return nil
	}
	if err := file.Chown(int(want.Uid), int(want.Gid)); err != nil {
		return fmt.Errorf("it belongs to another user: %w", err)
	}
	return nil
}
