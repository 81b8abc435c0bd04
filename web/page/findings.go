package page

import "plumbline/assessment"

var Levels = []assessment.Level{assessment.High, assessment.Medium, assessment.Low}
