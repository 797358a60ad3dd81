//! Components without their own copy of Yew's machinery.
//!
//! Yew compiles mounting, comparing, updating and destroying anew for every component type, some six kilobytes each time.
//! [`show()`] gives a function component the machinery of one type that all of them share: its properties travel as
//! `dyn Any`, and the function to run beside them. What a component does, its hooks included, stays the same.

use std::any::Any;
use std::rc::Rc;

use yew::functional::{FunctionProvider, Hook, HookContext};
use yew::html::HtmlResult;
use yew::prelude::*;
use yew::virtual_dom::{Key, VComp};

/// Shows a function component, like `<T ..props />`.
///
/// ```ignore
/// html! { <main>{ view!(TreeView { document, marks }) }</main> }
/// ```
pub fn show<T: FunctionProvider + 'static>(props: T::Properties) -> Html {
    slot::<T>(props, None)
}

/// The same with a key, like `<T key={key} ..props />`: under another key it starts anew.
pub fn show_keyed<T: FunctionProvider + 'static>(
    key: impl Into<Key>,
    props: T::Properties,
) -> Html {
    slot::<T>(props, Some(key.into()))
}

fn slot<T: FunctionProvider + 'static>(props: T::Properties, key: Option<Key>) -> Html {
    let view = View {
        name: std::any::type_name::<T>(),
        run: run::<T>,
        same: same::<T>,
        props: Rc::new(props),
    };
    VComp::new::<Slot>(Rc::new(view), key).into()
}

/// A function component and its properties, both with their types forgotten.
#[derive(Clone, Properties)]
struct View {
    name: &'static str,
    run: fn(&mut HookContext, &dyn Any) -> HtmlResult,
    same: fn(&dyn Any, &dyn Any) -> bool,
    props: Rc<dyn Any>,
}

impl PartialEq for View {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && (Rc::ptr_eq(&self.props, &other.props) || (self.same)(&*self.props, &*other.props))
    }
}

/// INVARIANT: the properties of a [`View`] are those of its function, for `slot` made both from one type.
fn run<T: FunctionProvider + 'static>(ctx: &mut HookContext, props: &dyn Any) -> HtmlResult {
    props
        .downcast_ref::<T::Properties>()
        .map_or_else(|| Ok(Html::default()), |props| T::run(ctx, props))
}

fn same<T: FunctionProvider + 'static>(left: &dyn Any, right: &dyn Any) -> bool {
    left.downcast_ref::<T::Properties>() == right.downcast_ref::<T::Properties>()
}

/// What stands in the page's tree. Another component in the same place gets another key, so that it starts with hooks
/// of its own; here and not in the caller's list, where two of a kind would share a key.
#[component]
fn Slot(view: &View) -> Html {
    VComp::new::<Erased>(Rc::new(view.clone()), Some(Key::from(view.name))).into()
}

/// Runs the function with hooks of its own.
#[component]
fn Erased(view: &View) -> HtmlResult {
    use_view(view)
}

/// The function as a hook: this is how Yew hands the context on.
fn use_view(view: &View) -> impl Hook<Output = HtmlResult> + '_ {
    Running(view)
}

struct Running<'view>(&'view View);

impl Hook for Running<'_> {
    type Output = HtmlResult;

    fn run(self, ctx: &mut HookContext) -> HtmlResult {
        (self.0.run)(ctx, &*self.0.props)
    }
}

/// `view!(TreeView { document, marks: painted })`, like `<TreeView {document} marks={painted} />`; a key stands first:
/// `view!(key = place, PolicyEditor { document })`.
macro_rules! view {
    (key = $key:expr, $component:ident { $($props:tt)* }) => {
        $crate::show::show_keyed::<$component>($key, $crate::show::props!($component { $($props)* }))
    };
    ($component:ident { $($props:tt)* }) => {
        $crate::show::show::<$component>($crate::show::props!($component { $($props)* }))
    };
    ($component:ident with $props:expr) => {
        $crate::show::show::<$component>($props)
    };
}
pub(crate) use view;

/// The properties of a function component, with the conversions and defaults of `html!`.
macro_rules! props {
    ($component:ident { $($props:tt)* }) => {{
        type Props = <$component as yew::functional::FunctionProvider>::Properties;
        yew::props!(Props { $($props)* })
    }};
}
pub(crate) use props;
