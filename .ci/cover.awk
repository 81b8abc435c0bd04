# Prints which part of each package a coverage profile says was run, and of all. A block that several tests ran counts once.
/^mode:/ { next }
{
	statements[$1] = $2
	if ($3 > 0) run[$1] = $2
}
END {
	for (block in statements) {
		package = block
		sub(/\/[^\/]*$/, "", package)
		all[package] += statements[block]
		hit[package] += run[block]
		everything += statements[block]
		reached += run[block]
	}
	for (package in all) printf "%-40s %5.1f %%\n", package, 100 * hit[package] / all[package]
	printf "%-40s %5.1f %%\n", "total", 100 * reached / everything
}
