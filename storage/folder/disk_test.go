package folder

import "testing"

func TestNetworkDisks(t *testing.T) {
	for number, want := range map[uint32]string{0x6969: "NFS", 0xff534d42: "SMB", 0xfe534d42: "SMB", 0x01021997: "9p", 0x65735546: "FUSE",
		0xef53: "", 0x58465342: "", 0x01021994: "", 0x9123683e: "", 0x794c7630: ""} { // ext4, XFS, tmpfs, Btrfs and overlay are local
		if got := networkKind(number); got != want {
			t.Errorf("%#x is %q, want %q", number, got, want)
		}
	}
	if got, err := NetworkDisk(t.TempDir()); err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := NetworkDisk("/no/such/folder"); err == nil {
		t.Error("a folder that does not exist is on a disk")
	}
}
