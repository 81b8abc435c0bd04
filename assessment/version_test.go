package assessment

import "testing"

func TestCompareVersions(t *testing.T) {
	// Each is before the next; the first ones are those of semver.org.
	order := []string{"first", "second", "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
		"1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0", "10.0.0", "99999999999999999999.0.0"}
	for i, a := range order {
		for j, b := range order {
			got := CompareVersions(a, b)
			if (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%s and %s: %d", a, b, got)
			}
		}
	}
	if CompareVersions("1.0.0+one", "1.0.0+two") != 0 {
		t.Error("what follows a plus counts")
	}
}
