// Runs once in a box of suggestions: a click asks the question.
element.addEventListener("click", (event) => {
  const button = event.target.closest("button.suggestion");
  if (button) trigger("click", { question: button.textContent });
});
