/* Begins the fields of Wagtail that its own templates begin with a script written in the page, which the content policy
   of the admin refuses: the name of what to call, and what to give it, are read from attributes instead. */

"use strict";

(() => {
  /* Nothing else may be called: an attribute is easier to slip into a page than a script. */
  const ALLOWED = /^(init(Date|Time|DateTime)Chooser|InlinePanel|MultipleChooserPanel|[A-Z][A-Za-z]*Chooser)$/;

  class Begin extends window.StimulusModule.Controller {
    static values = { call: String, element: String, options: String };

    connect() {
      if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", () => this.begin(), { once: true });
      } else {
        this.begin();
      }
    }

    begin() {
      const name = this.callValue;
      if (this.hasBegun || !ALLOWED.test(name) || !Object.hasOwn(window, name)) {
        return;
      }
      this.hasBegun = true;
      const given = JSON.parse(this.optionsValue);
      const args = this.elementValue ? [this.elementValue, given] : [given];
      if (name.startsWith("init")) {
        window[name](...args);
      } else {
        new window[name](...args);
      }
    }
  }

  window.wagtail.app.register("havre-begin", Begin);
})();
