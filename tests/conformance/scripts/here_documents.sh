# shell: busybox
# here-documents: quoted and not, with tabs removed, into pipelines and loops.
name=world
cat <<END
hello $name $((1+2)) $(echo sub)
END
cat <<'END'
hello $name
END
cat <<-END | tr a-z A-Z
	indented
	twice
	END
while read -r a b; do echo "$b $a"; done <<END
one two
three four
END
