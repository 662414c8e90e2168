package source

import (
	"cmp"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// openBeneath opens a path that does not lead out of a directory, for reading or only to describe the file. It fails if the directory is
// closed: the system may have given its number to another file.
func openBeneath(dir syscall.RawConn, name string, isDescribed bool) (*os.File, error) {
	how := unix.OpenHow{Flags: unix.O_CLOEXEC | nonBlocking, Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_MAGICLINKS}
	if isDescribed {
		how.Flags = unix.O_CLOEXEC | unix.O_PATH
	}
	var fd int
	var failed error
	err := dir.Control(func(dir uintptr) { fd, failed = unix.Openat2(int(dir), name, &how) }) //nolint:gosec // a descriptor is a small number
	if err = cmp.Or(err, failed); err != nil {
		return nil, &fs.PathError{Op: "openat", Path: name, Err: err}
	}
	return os.NewFile(uintptr(fd), name), nil //nolint:gosec // as above
}
