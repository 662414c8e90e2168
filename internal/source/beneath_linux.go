package source

import (
	"io/fs"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// openBeneath opens a path that does not lead out of a directory, for reading or only to describe the file.
func openBeneath(dir *os.File, name string, isDescribed bool) (*os.File, error) {
	how := unix.OpenHow{Flags: unix.O_CLOEXEC | nonBlocking, Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_MAGICLINKS}
	if isDescribed {
		how.Flags = unix.O_CLOEXEC | unix.O_PATH
	}
	fd, err := unix.Openat2(int(dir.Fd()), name, &how) //nolint:gosec // a descriptor is a small number
	runtime.KeepAlive(dir)
	if err != nil {
		return nil, &fs.PathError{Op: "openat", Path: name, Err: err}
	}
	return os.NewFile(uintptr(fd), name), nil //nolint:gosec // as above
}
