export default {
  root: true,
  extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
  rules: {
    // On a telephone a table is laid out in blocks, which takes its meaning away in some browsers: the roles give it back.
    "no-redundant-role": "off",
    // A site's own files lie beside its pages; what comes from elsewhere has to be what it was.
    "require-sri": ["error", { target: "crossorigin" }],
  },
};
