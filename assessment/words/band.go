package words

import "plumbline/assessment"

// Band returns the band of a score: "Moderate", and both ends while they differ, "Moderate to excellent". It is
// "Not applicable" where nothing is applicable.
func Band(bands []assessment.Band, s assessment.Score) string {
	if !s.Range.Applicable {
		return Status(assessment.NotApplicable)
	}
	low := BandTitle(bands, s.Band)
	if s.Band == s.BandHigh {
		return low
	}
	return low + " to " + Lower(BandTitle(bands, s.BandHigh))
}

// BandTitle returns the title of the band with this id, and the id itself where there is no such band.
func BandTitle(bands []assessment.Band, id string) string {
	for _, band := range bands {
		if band.ID == id {
			return band.Title
		}
	}
	return id
}
