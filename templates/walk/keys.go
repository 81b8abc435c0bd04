package walk

// keyRow is a line of the list of keys.
type keyRow struct {
	keys []string
	does string
}

var answerKeys = []keyRow{
	{[]string{"1", "2", "3", "4"}, "Answer: not yet, partially, adopted, not applicable"},
	{[]string{"0"}, "Clear the answer"},
	{[]string{"Z"}, "Undo the last change"},
	{[]string{"J", "K"}, "Next and previous practice"},
	{[]string{"N"}, "Next unanswered practice"},
}

var writeKeys = []keyRow{
	{[]string{"H"}, "Show help"},
	{[]string{"M"}, "Write a note"},
	{[]string{"E"}, "Add evidence"},
	{[]string{"Esc"}, "Leave the text field"},
	{[]string{"?"}, "Show shortcuts"},
}

var walkKeys = append(append(answerKeys[:len(answerKeys):len(answerKeys)],
	keyRow{[]string{"]", "["}, "Next and previous principle (also Shift+J and Shift+K)"}), writeKeys...)

var sheetKeys = append(append(answerKeys[:len(answerKeys):len(answerKeys)],
	keyRow{[]string{"/"}, "Search"},
	keyRow{[]string{"X"}, "Select the practice"},
	keyRow{[]string{"Shift+J", "Shift+K"}, "Select more practices"}), writeKeys...)
