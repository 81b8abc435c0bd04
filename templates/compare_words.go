package templates

// CompareWords are the words of a comparison: of one workload at two moments, or of two workloads beside each other,
// where nothing has happened in time.
type CompareWords struct {
	Pillars      string // what the table of the pillars shows
	Change       string // head of its column of differences
	Radar        string
	Why          string
	Bars         string // what filled and outlined bars are
	Improved     CompareList
	Answered     CompareList
	Regressed    CompareList
	Scope        CompareList
	New          string // of a practice that the one side was not asked
	Tradeoffs    CompareList
	Decisions    CompareList
	Content      CompareList
	Added        string
	Removed      string
	Reworded     string
	WordedBefore string // after the name of a text
	WordedAfter  string
}

// CompareList is the words of one list: its title, what is in it, and what stands there where nothing is.
type CompareList struct {
	Title string
	Hint  string
	None  string
}

// WordsOfChange are those of one workload at two moments.
func WordsOfChange(b Bands) CompareWords {
	return CompareWords{
		Pillars:      "Low score before (open) and after (filled)" + b.marks(),
		Change:       "Change",
		Radar:        "Grey line: certain before. Filled: certain after. Dashed: what it can still become.",
		Why:          "Why: the whole change, part by part",
		Bars:         "Filled bars rise, outlined bars fall.",
		Improved:     CompareList{"Improved", "Parts above zero, largest first", "No practice was improved."},
		Answered:     CompareList{"Newly answered", "Unanswered before, in any way answered now", "No practice was answered for the first time."},
		Regressed:    CompareList{"Regressed", "Parts below zero", "No practice regressed."},
		Scope:        CompareList{"Changed in applicability", "Not applicable on one side", "The same practices apply on both sides."},
		New:          "New",
		Tradeoffs:    CompareList{Title: "Tradeoffs that changed state", None: "Every tradeoff is in the same state on both sides."},
		Decisions:    CompareList{Title: "Decisions changed", None: "The same decisions stand on both sides."},
		Content:      CompareList{Title: "Changed in the questionnaire", None: "Both sides ask the same."},
		Added:        "Added",
		Removed:      "Removed",
		Reworded:     "Reworded",
		WordedBefore: "before",
		WordedAfter:  "after",
	}
}

// WordsAcross are those of two workloads, by their names.
func WordsAcross(b Bands, before, after string) CompareWords {
	return CompareWords{
		Pillars:      "Low score of " + before + " (open) and of " + after + " (filled)" + b.marks(),
		Change:       "Gap",
		Radar:        "Grey line: " + before + ", certain. Filled: " + after + ", certain. Dashed: what that can still become.",
		Why:          "Where the difference comes from, part by part",
		Bars:         "Filled bars: " + after + " stands higher. Outlined bars: " + before + " does.",
		Improved:     CompareList{"Better in " + after, "Parts above zero, largest first", "No practice stands better in " + after + "."},
		Answered:     CompareList{"Answered in " + after + " only", "Unanswered in " + before, before + " has an answer wherever " + after + " has one."},
		Regressed:    CompareList{"Better in " + before, "Parts below zero", "No practice stands better in " + before + "."},
		Scope:        CompareList{"Applies to one of them only", "Not applicable on one side", "The same practices apply to both."},
		New:          "Not asked",
		Tradeoffs:    CompareList{Title: "Tradeoffs in another state", None: "Every tradeoff is in the same state in both."},
		Decisions:    CompareList{Title: "Decisions that differ", None: "Both have the same decisions."},
		Content:      CompareList{Title: "What is asked differently", None: "Both were asked the same."},
		Added:        "Asked of " + after + " only",
		Removed:      "Asked of " + before + " only",
		Reworded:     "Worded differently",
		WordedBefore: before,
		WordedAfter:  after,
	}
}
